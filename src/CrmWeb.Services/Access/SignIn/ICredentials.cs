namespace CrmWeb.Services.Access;

/// <summary>How users prove who they are.</summary>
public interface ICredentials
{
    /// <summary>Whether the password is the user's. Wrong ones are counted at once, before the answer is known, and lock the door for a while.</summary>
    Task<PasswordCheck> CheckAsync(string email, string password, CancellationToken ct);

    /// <summary>Gives the user this password with the next save; his open links die with it.</summary>
    Task SetPasswordAsync(long userId, string password, CancellationToken ct);

    /// <summary>What changes whenever the user's password does: links are bound to it. Null for a user who cannot sign in.</summary>
    Task<string?> StampAsync(long userId, CancellationToken ct);

    /// <summary>Lets the user sign in once he has chosen a password, with the next save.</summary>
    /// <returns>What links for him are bound to.</returns>
    Task<string> AdmitAsync(long userId, CancellationToken ct);
}

/// <param name="UserId">Null when nobody signs in under this address.</param>
/// <param name="LockedUntil">UTC; set while the door is locked, whatever the password.</param>
/// <param name="JustLocked">This try locked it.</param>
public sealed record PasswordCheck(long? UserId, bool Passed, DateTime? LockedUntil = null, bool JustLocked = false);
