using CrmWeb.Domain.Access;
using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Access;

/// <summary>Helps people to a password they do not have.</summary>
public interface IPasswordService
{
    /// <summary>Promises a mail with a link to whoever signs in under the address; for others it does nothing, and says nothing.</summary>
    Task ForgottenAsync(string email, Origin from, CancellationToken ct);

    /// <summary>Whether the link still lets somebody choose a password. Looking does not use it up.</summary>
    Task<bool> IsOpenAsync(string? token, CancellationToken ct);

    /// <summary>Sets the password of the link's user, uses the link up, and ends all his sessions.</summary>
    /// <exception cref="RuleException">The link was used or has run out, or the password is not taken.</exception>
    Task ResetAsync(string? token, string password, Origin from, CancellationToken ct);
}

internal sealed class PasswordService(PasswordLinks links, PasswordChange change, IUserProfiles profiles, IMailer mailer, IOutboxStore outbox, IUnitOfWork work, TimeProvider clock) : IPasswordService
{
    /// <summary>Mails an hour for one person, from however many addresses he is asked for.</summary>
    private const int MostMails = 3;

    public async Task ForgottenAsync(string email, Origin from, CancellationToken ct)
    {
        if (await profiles.FindByEmailAsync(email, ct) is not { } user || await outbox.LinksSinceAsync(user.Id, clock.GetUtcNow().UtcDateTime.AddHours(-1), ct) >= MostMails || await links.MakeAsync(user.Id, PasswordLinks.Reset, ct) is not { } link)
            return;

        mailer.Queue(user.Email!, "Mail.Reset.Subject", "Mail.Reset.Body", [user.Name], link, user.Habits.Language, user.Id);
        await work.SaveAsync(ct);
    }

    public async Task<bool> IsOpenAsync(string? token, CancellationToken ct) => await links.ReadAsync(token, ct) is not null;

    public async Task ResetAsync(string? token, string password, Origin from, CancellationToken ct)
    {
        var userId = await links.ReadAsync(token, ct);
        Rule.Require(userId is not null, "Password.LinkGone");

        await change.ApplyAsync(userId.Value, password, from, ct);
        await work.SaveAsync(ct);
    }
}

/// <summary>A new password and what follows from it.</summary>
internal sealed class PasswordChange(IUserStore users, ICredentials credentials, ISessions sessions, IAuditTrail audit, SiteOptions site)
{
    public async Task ApplyAsync(long userId, string password, Origin from, CancellationToken ct)
    {
        var user = await users.GetAsync(userId, ct);
        Rule.RequireNone(PasswordRules.Check(password, user.Email, site.IsDemo));

        await credentials.SetPasswordAsync(userId, password, ct);
        user.ChangeCredentials(); // two clicks on one link: the second save finds another version
        await sessions.EndAllAsync(userId, except: null, ct);
        audit.Add(new(AuditKind.PasswordChanged, userId) { By = userId, From = from.Address });
    }
}
