namespace CrmWeb.Domain.Customers;

/// <summary>A customer, with all that lives with it, opened to one person or team whose roles alone would not reach it.</summary>
/// <param name="recipientId">A user or a team: ids are unique over both.</param>
public sealed class CustomerShare(long customerId, long recipientId, bool isTeam)
{
    /// <summary>Customers that can be shared with one recipient: all their ids stand in his rights.</summary>
    public const int MostOfRecipient = 500;

    public const int MostOfCustomer = 50;

    public long CustomerId { get; private set; } = customerId;
    public long RecipientId { get; private set; } = recipientId;
    public bool IsTeam { get; private set; } = isTeam;

    /// <summary>He may change it too, as far as his roles let him change customers at all.</summary>
    public bool MayEdit { get; set; }
}
