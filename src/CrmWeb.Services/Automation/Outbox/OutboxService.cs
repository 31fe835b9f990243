using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Automation;

/// <summary>What administrators do with the outbox.</summary>
public interface IOutboxService
{
    /// <param name="state">Only mails in this state; null for all.</param>
    /// <param name="before">Id of the last mail of the page before; null for the newest.</param>
    Task<OutboxPage> PageAsync(OutboxState? state, long? before, CancellationToken ct);

    Task<OutboxMail> ShowAsync(long id, CancellationToken ct);

    /// <summary>Tells the one-time link of a mail, and writes into the audit who was told.</summary>
    /// <exception cref="RuleException">Mails leave, or the mail is for somebody whose rights go beyond the reader's.</exception>
    Task<string> RevealAsync(long id, CancellationToken ct);

    /// <summary>Lets a failed mail begin anew.</summary>
    Task RetryAsync(long id, CancellationToken ct);
}

/// <param name="Before">Where the next page begins; null on the last one.</param>
/// <param name="Leaves">Whether there is a mail server.</param>
public sealed record OutboxPage(OutboxState? State, IReadOnlyList<OutboxRow> Rows, long? Before, bool Leaves);

/// <summary>A mail to be read; its link is never in it.</summary>
public sealed record OutboxMail(OutboxMessage Message, bool MayReveal);

internal sealed class OutboxService(IOutboxStore outbox, HiddenLinks links, ICurrentUser user, IAuditTrail audit, IUnitOfWork work) : IOutboxService
{
    private const int PageSize = 50;

    public async Task<OutboxPage> PageAsync(OutboxState? state, long? before, CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ReadOutbox);
        var rows = await outbox.PageAsync(state, before, PageSize + 1, ct);
        return new(state, [.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null, links.Leave);
    }

    public async Task<OutboxMail> ShowAsync(long id, CancellationToken ct)
    {
        var message = await FindAsync(id, ct);
        return new(message, await links.MayRevealAsync(message, ct));
    }

    public async Task<string> RevealAsync(long id, CancellationToken ct)
    {
        var message = await FindAsync(id, ct);
        Rule.Require(await links.MayRevealAsync(message, ct), "Outbox.LinkIsHidden");
        var link = links.Open(message);
        Rule.Require(link is not null, "Outbox.LinkIsLost");

        audit.Add(new(AuditKind.LinkRevealed, message.ForUserId!.Value));
        await work.SaveAsync(ct);
        return link;
    }

    public async Task RetryAsync(long id, CancellationToken ct)
    {
        await FindAsync(id, ct);
        Rule.Require(await outbox.RetryAsync(id, ct), "Outbox.HasNotFailed");
    }

    private async Task<OutboxMessage> FindAsync(long id, CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ReadOutbox);
        return await outbox.FindAsync(id, ct) ?? throw new RecordNotFoundException(typeof(OutboxMessage), id);
    }
}

/// <summary>Who may be told a one-time link: only where mails cannot leave, or in the demo, and only for users with no more rights than the reader.</summary>
internal sealed class HiddenLinks(IMailTransport transport, SiteOptions site, IUserProfiles profiles, ISealer sealer, ICurrentUser user)
{
    public bool Leave => transport.Leaves;

    public async Task<bool> MayRevealAsync(OutboxMessage message, CancellationToken ct) =>
        (!transport.Leaves || site.IsDemo) && message is { SealedLink: not null, ForUserId: { } reader }
        && await profiles.FindAsync(reader, ct) is { } profile && user.Access.Holds(profile.Access);

    public string? Open(OutboxMessage message) => sealer.Open(OutboxDraft.LinkPurpose, message.SealedLink!);
}
