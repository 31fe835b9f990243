using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Customers;

/// <summary>Opens one customer, with all that lives with it, to people and teams whose roles alone would not reach it.</summary>
public interface ISharingService
{
    /// <exception cref="AccessDeniedException">The user may see the customer, not share it.</exception>
    Task<SharingPage> ShowAsync(long customerId, CancellationToken ct);

    /// <summary>Shares the customer, or changes what the other one may do with it; it holds at his next request.</summary>
    /// <returns>What the recipient is called.</returns>
    /// <exception cref="RuleException">With everything that is wrong, each beside its property.</exception>
    Task<string> ShareAsync(ShareCustomer input, CancellationToken ct);

    /// <summary>Takes it back; nothing happens where it is taken back already.</summary>
    Task EndAsync(long customerId, long recipientId, CancellationToken ct);
}

/// <param name="Teams">Those it can be shared with, by name.</param>
public sealed record SharingPage(long CustomerId, string Name, IReadOnlyList<ShareRow> Rows, IReadOnlyList<(long Id, string Name)> Teams);

/// <param name="UserId">Either a person or a team.</param>
public sealed record ShareCustomer(long CustomerId, long? UserId, long? TeamId, bool MayEdit);

internal sealed class SharingService(IRepository<Customer> customers, SharePeople people, CustomerShares shares, IUnitOfWork work, IAuditTrail audit) : ISharingService
{
    private const string ToSee = "Sees", ToEdit = "Edits";

    public async Task<SharingPage> ShowAsync(long customerId, CancellationToken ct)
    {
        var name = await customers.ReadAsync(customerId, RecordAction.Share, c => c.Name, ct);
        return new(customerId, name, await shares.OfAsync(customerId, ct), await people.TeamsAsync(ct));
    }

    public async Task<string> ShareAsync(ShareCustomer input, CancellationToken ct)
    {
        var owner = await customers.ReadAsync(input.CustomerId, RecordAction.Share, c => c.OwnerId, ct);
        var (known, name) = (await customers.Parts<CustomerShare>(input.CustomerId, RecordAction.Share).ToListAsync(ct), await people.NameAsync(input.UserId, input.TeamId, ct));
        var share = known.FirstOrDefault(s => s.RecipientId == (input.UserId ?? input.TeamId));
        Rule.RequireNone(await CheckAsync(input, owner, name, share is null ? known.Count : null, ct));

        var before = share?.MayEdit;
        if (before == input.MayEdit)
            return name!;
        if (share is null)
            customers.AddPart(share = new CustomerShare(input.CustomerId, (input.UserId ?? input.TeamId)!.Value, input.UserId is null));
        share.MayEdit = input.MayEdit;
        Note(AuditKind.Shared, share, name, before, input.MayEdit);
        await work.SaveAsync(ct);
        return name!;
    }

    public async Task EndAsync(long customerId, long recipientId, CancellationToken ct)
    {
        await customers.ReadAsync(customerId, RecordAction.Share, c => c.Id, ct);
        if (await customers.Parts<CustomerShare>(customerId, RecordAction.Share).Where(s => s.RecipientId == recipientId).FirstOrDefaultAsync(ct) is not { } share)
            return;

        var name = (await shares.OfAsync(customerId, ct)).FirstOrDefault(r => r.RecipientId == recipientId)?.Name;
        customers.RemovePart(share);
        Note(AuditKind.Unshared, share, name, share.MayEdit, after: null);
        await work.SaveAsync(ct);
    }

    /// <param name="others">How many it is shared with already; null when this one is among them.</param>
    private async Task<List<Broken>> CheckAsync(ShareCustomer input, long? owner, string? name, int? others, CancellationToken ct)
    {
        var (broken, property) = (new List<Broken>(), input.UserId is null ? nameof(input.TeamId) : nameof(input.UserId));
        if (input.UserId is null == input.TeamId is null)
            broken.Add(new("Share.NeedsOne", nameof(input.UserId)));
        else if (name is null)
            broken.Add(new("Error.ReferenceNotFound", property));
        else if (input.UserId is not null && input.UserId == owner)
            broken.Add(new("Share.IsOwner", property, name));
        else if (others >= CustomerShare.MostOfCustomer)
            broken.Add(new("Share.TooManyOfCustomer", property, CustomerShare.MostOfCustomer));
        else if (others is not null && await people.CountAsync((input.UserId ?? input.TeamId)!.Value, ct) >= CustomerShare.MostOfRecipient)
            broken.Add(new("Share.TooManyOfRecipient", property, name, CustomerShare.MostOfRecipient));
        return broken;
    }

    /// <summary>By the name of the day: the audit says who it was.</summary>
    private void Note(AuditKind kind, CustomerShare share, string? name, bool? before, bool? after)
    {
        var changes = new Dictionary<string, FieldChange>(StringComparer.Ordinal);
        if (before is { } was)
            changes[was ? ToEdit : ToSee] = new(name, New: null);
        if (after is { } now)
            changes[now ? ToEdit : ToSee] = new(Old: null, name);
        audit.Add(new(kind, share.CustomerId) { RecordType = nameof(Customer), Changes = changes });
    }
}
