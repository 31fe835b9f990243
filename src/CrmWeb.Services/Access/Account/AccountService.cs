using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>What everybody does with his own account.</summary>
public interface IAccountService
{
    Task<OwnAccount> ShowAsync(CancellationToken ct);

    /// <exception cref="StaleRecordException">Someone saved the user since the form was shown.</exception>
    Task SaveAsync(OwnAccount input, CancellationToken ct);

    Task SetThemeAsync(Theme theme, CancellationToken ct);

    /// <summary>Changes the password and ends all other sessions.</summary>
    /// <param name="session">The session that goes on.</param>
    /// <exception cref="RuleException">The current password is wrong, or the new one is too short or too long.</exception>
    Task ChangePasswordAsync(string current, string password, long session, CancellationToken ct);

    Task<IReadOnlyList<Session>> SessionsAsync(CancellationToken ct);

    /// <summary>Ends one of one's own sessions.</summary>
    Task EndSessionAsync(long id, CancellationToken ct);
}

/// <summary>What a user says about himself. Null in language, format and zone takes the organisation's.</summary>
public sealed record OwnAccount(Guid Version, string Name, string? JobTitle)
{
    public string? Language { get; init; }
    public string? Format { get; init; }
    public string? TimeZone { get; init; }
    public Theme Theme { get; init; }
    public Density Density { get; init; }
    public bool ShortcutsOff { get; init; }

    /// <summary>Where the user lands after signing in.</summary>
    public StartPage Start { get; init; }
}

internal sealed class AccountService(IUserStore users, OwnPassword passwords, OwnSessions sessions, ICurrentUser user, IUnitOfWork work) : IAccountService
{
    private long Me => user.Id ?? throw new AccessDeniedException(nameof(User), "Use");

    public async Task<OwnAccount> ShowAsync(CancellationToken ct)
    {
        var me = await users.GetAsync(Me, ct);
        return new(me.Version, me.Name, me.JobTitle)
        {
            Language = me.Language,
            Format = me.Format,
            TimeZone = me.TimeZone,
            Theme = me.Theme,
            Density = me.Density,
            ShortcutsOff = me.ShortcutsOff,
            Start = me.Start,
        };
    }

    public async Task SaveAsync(OwnAccount input, CancellationToken ct)
    {
        var me = await users.GetAsync(Me, ct);
        if (me.Version != input.Version)
            throw new StaleRecordException();
        Rule.Require(input.Language is null || Localizer.Languages.Any(l => l.Name == input.Language), "Error.Format", nameof(input.Language));
        Rule.Require(input.Format is null || Formats.Names.Contains(input.Format), "Error.Format", nameof(input.Format));

        (me.Name, me.JobTitle) = (input.Name, input.JobTitle);
        (me.Language, me.Format, me.TimeZone) = (input.Language, input.Format, input.TimeZone);
        (me.Theme, me.Density, me.ShortcutsOff, me.Start) = (input.Theme, input.Density, input.ShortcutsOff, input.Start);
        Rule.RequireNone(me.Check());
        await work.SaveAsync(ct);
    }

    public async Task SetThemeAsync(Theme theme, CancellationToken ct)
    {
        (await users.GetAsync(Me, ct)).Theme = theme;
        await work.SaveAsync(ct);
    }

    public async Task ChangePasswordAsync(string current, string password, long session, CancellationToken ct)
    {
        var me = await users.GetAsync(Me, ct);
        await passwords.ChangeAsync(me, current, password, ct);
        await sessions.EndOthersAsync(me.Id, session, ct);
        await work.SaveAsync(ct);
    }

    public Task<IReadOnlyList<Session>> SessionsAsync(CancellationToken ct) => sessions.AliveAsync(Me, ct);

    public async Task EndSessionAsync(long id, CancellationToken ct)
    {
        await sessions.EndAsync(Me, id, ct);
        await work.SaveAsync(ct);
    }
}

/// <summary>Regional formats there are to choose from: cultures of dates and numbers.</summary>
public static class Formats
{
    public static IReadOnlyList<string> Names { get; } =
        ["en-GB", "en-US", "en-AU", "en-CA", "en-IN", "zh-CN", "zh-TW", "zh-HK", "zh-SG", "de-DE", "de-CH", "fr-FR", "es-ES", "it-IT", "nl-NL", "pt-BR", "sv-SE", "pl-PL", "ja-JP", "ko-KR"];
}

/// <summary>A user's own change of password.</summary>
internal sealed class OwnPassword(ICredentials credentials, IAuditTrail audit, IUnitOfWork work, SiteOptions site)
{
    /// <param name="property">Where it was typed.</param>
    /// <exception cref="RuleException">It is not the user's password, or there were too many wrong ones.</exception>
    public async Task RequireAsync(string? email, string typed, string property, CancellationToken ct)
    {
        var check = await credentials.CheckAsync(email ?? "", typed, ct);
        if (check.Passed)
            return;

        audit.Add(new(check.JustLocked ? AuditKind.LockedOut : AuditKind.SignInFailed, check.UserId ?? 0));
        await work.SaveAsync(ct);
        throw new RuleException([new(check.LockedUntil is null ? "Password.CurrentWrong" : "Password.Locked", property)]);
    }

    public async Task ChangeAsync(User me, string current, string password, CancellationToken ct)
    {
        Rule.RequireNone(PasswordRules.Check(password, me.Email, site.IsDemo));
        await RequireAsync(me.Email, current, "Current", ct);

        await credentials.SetPasswordAsync(me.Id, password, ct);
        audit.Add(new(AuditKind.PasswordChanged, me.Id));
    }
}

/// <summary>A user's own sessions.</summary>
internal sealed class OwnSessions(ISessions sessions, IAuditTrail audit)
{
    public Task<IReadOnlyList<Session>> AliveAsync(long user, CancellationToken ct) => sessions.AliveAsync(user, ct);

    public async Task EndOthersAsync(long user, long session, CancellationToken ct)
    {
        await sessions.EndAllAsync(user, session, ct);
        audit.Add(new(AuditKind.SessionsEnded, user));
    }

    public async Task EndAsync(long user, long id, CancellationToken ct)
    {
        if ((await sessions.AliveAsync(user, ct)).All(s => s.Id != id))
            throw new RecordNotFoundException(typeof(Session), id);
        await sessions.EndAsync(id, ct);
        audit.Add(new(AuditKind.SessionsEnded, user));
    }
}
