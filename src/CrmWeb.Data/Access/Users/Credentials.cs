using System.Security.Cryptography;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Data.Access;

/// <summary>Passwords and lock-out on Identity's rows.</summary>
internal sealed class Credentials(CrmDb db, UserManager<Login> logins, StrangerTries strangers, TimeProvider clock) : ICredentials
{
    private LockoutOptions Lockout => logins.Options.Lockout;

    public async Task<PasswordCheck> CheckAsync(string email, string password, CancellationToken ct)
    {
        var folded = email.Trim().ToLowerInvariant();
        var login = await db.Set<User>().ActiveStaff.Where(u => u.Email == folded)
            .Join(db.Set<Login>(), u => u.Id, l => l.Id, (_, l) => l).AsTracking().FirstOrDefaultAsync(ct);
        if (login?.PasswordHash is null)
            return Stranger(folded, password);
        if (login.LockoutEnd > clock.GetUtcNow())
            return new(login.Id, Passed: false, login.LockoutEnd.Value.UtcDateTime);

        return await CheckAsync(login, password, ct);
    }

    public async Task SetPasswordAsync(long userId, string password, CancellationToken ct)
    {
        var login = await KeepAsync(userId, ct);
        login.PasswordHash = logins.PasswordHasher.HashPassword(login, password);
        (login.SecurityStamp, login.AccessFailedCount, login.LockoutEnd) = (NewStamp(), 0, null);
    }

    public async Task<string?> StampAsync(long userId, CancellationToken ct) =>
        await db.Set<User>().Where(u => u.Id == userId && u.IsActive && u.DeletedAt == null)
            .Join(db.Set<Login>(), u => u.Id, l => l.Id, (_, l) => l.SecurityStamp).FirstOrDefaultAsync(ct);

    public async Task<string> AdmitAsync(long userId, CancellationToken ct) => (await KeepAsync(userId, ct)).SecurityStamp!;

    /// <summary>The try is counted before the password is looked at, so that many at once are not more than many in a row.</summary>
    private async Task<PasswordCheck> CheckAsync(Login login, string password, CancellationToken ct)
    {
        var (id, most) = (login.Id, Lockout.MaxFailedAccessAttempts);
        var counted = await db.Set<Login>().Where(l => l.Id == id && l.AccessFailedCount < most).ExecuteUpdateAsync(s => s.SetProperty(l => l.AccessFailedCount, l => l.AccessFailedCount + 1), ct);
        var until = clock.GetUtcNow() + Lockout.DefaultLockoutTimeSpan;
        if (counted == 0)
            return new(id, Passed: false, until.UtcDateTime);

        var result = logins.PasswordHasher.VerifyHashedPassword(login, login.PasswordHash!, password);
        if (result != PasswordVerificationResult.Failed)
            return await PassAsync(login, password, result, ct);

        var full = await db.Set<Login>().Where(l => l.Id == id && l.AccessFailedCount >= most)
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.AccessFailedCount, 0).SetProperty(l => l.LockoutEnd, until), ct);
        return full == 0 ? new(id, Passed: false) : new(id, Passed: false, until.UtcDateTime, JustLocked: true);
    }

    private async Task<PasswordCheck> PassAsync(Login login, string password, PasswordVerificationResult result, CancellationToken ct)
    {
        var id = login.Id;
        await db.Set<Login>().Where(l => l.Id == id).ExecuteUpdateAsync(s => s.SetProperty(l => l.AccessFailedCount, 0), ct);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            login.PasswordHash = logins.PasswordHasher.HashPassword(login, password);
        return new(id, Passed: true);
    }

    /// <summary>Takes the same time and locks after the same number of tries as for somebody who is known.</summary>
    private PasswordCheck Stranger(string email, string password)
    {
        var nobody = new Login();
        logins.PasswordHasher.VerifyHashedPassword(nobody, strangers.Hash(() => logins.PasswordHasher.HashPassword(nobody, "nobody's password")), password);
        return new(UserId: null, Passed: false, strangers.Count(email, Lockout, clock.GetUtcNow())?.UtcDateTime);
    }

    private async Task<Login> KeepAsync(long userId, CancellationToken ct)
    {
        if (await db.Set<Login>().AsTracking().FirstOrDefaultAsync(l => l.Id == userId, ct) is { } known)
            return known;

        var name = userId.ToString(System.Globalization.CultureInfo.InvariantCulture); // the address people sign in with is the user's, kept once
        var login = new Login { Id = userId, UserName = name, NormalizedUserName = name, SecurityStamp = NewStamp(), LockoutEnabled = true };
        db.Add(login);
        return login;
    }

    private static string NewStamp() => RandomNumberGenerator.GetHexString(32);
}
