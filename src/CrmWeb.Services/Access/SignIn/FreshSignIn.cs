namespace CrmWeb.Services.Access;

/// <summary>Makes sure that it is the person himself, before what cannot be taken back.</summary>
public interface IFreshSignIn
{
    /// <summary>Name of the field in which the password is typed.</summary>
    const string Field = "ConfirmPassword";

    /// <summary>Whether the password was typed in this session a short while ago. In the demo, whose passwords everybody knows, always.</summary>
    Task<bool> IsFreshAsync(long sessionId, CancellationToken ct);

    /// <summary>Takes the password once more.</summary>
    /// <exception cref="RuleException">It is wrong, or there were too many wrong ones.</exception>
    Task ConfirmAsync(long sessionId, string password, CancellationToken ct);
}

internal sealed class FreshSignIn(ISessions sessions, OwnPassword passwords, Actor me, SiteOptions site, TimeProvider clock) : IFreshSignIn
{
    public async Task<bool> IsFreshAsync(long sessionId, CancellationToken ct) =>
        site.IsDemo || (await sessions.FindAsync(sessionId, ct) is { } open && open.Session.IsFresh(clock.GetUtcNow().UtcDateTime));

    public async Task ConfirmAsync(long sessionId, string password, CancellationToken ct)
    {
        await passwords.RequireAsync(me.Profile?.Email, password, IFreshSignIn.Field, ct);
        await sessions.ConfirmAsync(sessionId, ct);
    }
}
