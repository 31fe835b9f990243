using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Opens and ends sessions.</summary>
public interface ISignInService
{
    /// <summary>Opens a session for who knows the password. One answer for a wrong address and a wrong password.</summary>
    Task<SignInOutcome> SignInAsync(SignInAttempt attempt, CancellationToken ct);

    /// <summary>Ends the session of the current user.</summary>
    Task SignOutAsync(long sessionId, CancellationToken ct);
}

/// <param name="Keep">"Keep me signed in on this device": the session may rest longer.</param>
public sealed record SignInAttempt(string Email, string Password, bool Keep, Origin From);

/// <summary>Where a request comes from.</summary>
/// <param name="Address">Network address.</param>
/// <param name="Device">What the browser calls itself.</param>
public sealed record Origin(string? Address, string? Device);

/// <param name="SessionId">Null when the sign-in was refused.</param>
/// <param name="LockedUntil">UTC; set when there were too many wrong passwords.</param>
public sealed record SignInOutcome(long? SessionId, DateTime? LockedUntil = null);

internal sealed class SignInService(ICredentials credentials, ISessions sessions, IAuditTrail audit, IUnitOfWork work) : ISignInService
{
    public async Task<SignInOutcome> SignInAsync(SignInAttempt attempt, CancellationToken ct)
    {
        var check = await credentials.CheckAsync(attempt.Email, attempt.Password, ct);
        if (!check.Passed)
        {
            audit.Add(new(check.JustLocked ? AuditKind.LockedOut : AuditKind.SignInFailed, check.UserId ?? 0) { From = attempt.From.Address });
            await work.SaveAsync(ct);
            return new(SessionId: null, check.LockedUntil);
        }

        var userId = check.UserId!.Value;
        var session = await sessions.StartAsync(userId, attempt.Keep, attempt.From, ct);
        audit.Add(new(AuditKind.SignedIn, userId) { By = userId, From = attempt.From.Address });
        await work.SaveAsync(ct);
        return new(session);
    }

    public async Task SignOutAsync(long sessionId, CancellationToken ct)
    {
        if (await sessions.EndAsync(sessionId, ct) is not { } userId)
            return;
        audit.Add(new(AuditKind.SignedOut, userId));
        await work.SaveAsync(ct);
    }
}
