namespace CrmWeb.Domain.Customers;

/// <summary>Two records that somebody said are not the same: neither is shown as a duplicate of the other any more.</summary>
public sealed class DifferentPair(long firstId, long secondId, long? byId, DateTime at)
{
    /// <summary>The smaller of the two ids.</summary>
    public long FirstId { get; private set; } = firstId;
    public long SecondId { get; private set; } = secondId;
    public long? ById { get; private set; } = byId;
    /// <summary>UTC.</summary>
    public DateTime At { get; private set; } = at;

    /// <param name="at">UTC.</param>
    public static DifferentPair Of(long id, long otherId, long? byId, DateTime at) => new(Math.Min(id, otherId), Math.Max(id, otherId), byId, at);
}
