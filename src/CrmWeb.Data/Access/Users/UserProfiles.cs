using System.Collections.Concurrent;
using System.Globalization;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

/// <summary>Profiles by user and by the versions of all that they are worked out from, shared by all requests.</summary>
public sealed class ProfileCache
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<(long User, ProfileVersion Version), UserProfile> kept = new();

    public UserProfile? Find(long user, ProfileVersion version) => kept.GetValueOrDefault((user, version));

    public void Keep(UserProfile profile, ProfileVersion version)
    {
        if (kept.Count > MostKept)
            kept.Clear();
        kept[(profile.Id, version)] = profile;
    }
}

internal sealed class UserProfiles(CrmDb db, ProfileCache cache) : IUserProfiles
{
    public async Task<UserProfile?> FindAsync(long userId, CancellationToken ct)
    {
        if (userId == User.SystemId)
            return UserProfile.System;

        var state = await db.Set<User>().Where(u => u.Id == userId && u.IsActive && u.DeletedAt == null)
            .Select(u => new ProfileVersion(u.AccessVersion, u.Version, db.Set<Sequence>().Where(s => s.Name == Sequences.Rights).Select(s => s.Next).FirstOrDefault())).FirstOrDefaultAsync(ct);
        return state is null ? null : await FindAsync(userId, state, ct);
    }

    public async Task<UserProfile> FindAsync(long userId, ProfileVersion version, CancellationToken ct)
    {
        if (cache.Find(userId, version) is { } known)
            return known;

        var profile = await ReadAsync(userId, ct);
        cache.Keep(profile, version);
        return profile;
    }

    public async Task<UserProfile?> FindByEmailAsync(string email, CancellationToken ct)
    {
        var folded = email.Trim().ToLowerInvariant();
        var id = await db.Set<User>().Where(u => u.Email == folded).Select(u => (long?)u.Id).FirstOrDefaultAsync(ct);
        return id is { } found ? await FindAsync(found, ct) : null;
    }

    private async Task<UserProfile> ReadAsync(long userId, CancellationToken ct)
    {
        var user = await db.Set<User>().AsNoTracking().Include(u => u.Teams).Include(u => u.Roles).ThenInclude(r => r.Role).AsSplitQuery().SingleAsync(u => u.Id == userId, ct);
        var parents = await db.Set<Team>().Where(t => t.DeletedAt == null).Select(t => new { t.Id, t.ParentId }).ToDictionaryAsync(t => t.Id, t => t.ParentId, ct);
        var home = await db.Set<Organisation>().AsNoTracking().OrderBy(o => o.Id).FirstOrDefaultAsync(ct);
        var teams = user.Teams.Select(t => t.TeamId).ToList();
        var access = new AccessRights(user.Id, user.HomeTeamId, teams, Team.Subtree(parents, teams), user.Roles.Select(r => r.Role!).Where(r => r.DeletedAt is null)) { Shared = await SharedAsync([user.Id, .. teams], ct) };
        return new(user.Id, user.Name, user.Email, user.AccessVersion, access, HabitsOf(user, home));
    }

    private async Task<SharedRecords> SharedAsync(List<long> recipients, CancellationToken ct)
    {
        var shares = await db.Set<CustomerShare>().Where(s => recipients.Contains(s.RecipientId)).OrderBy(s => s.CustomerId).Select(s => new { s.CustomerId, s.MayEdit }).ToListAsync(ct);
        return shares.Count == 0 ? SharedRecords.None : new([.. shares.Select(s => s.CustomerId).Distinct()], [.. shares.Where(s => s.MayEdit).Select(s => s.CustomerId).Distinct()]);
    }

    private static Habits HabitsOf(User user, Organisation? home)
    {
        var language = user.Language ?? home?.Language ?? "en";
        var format = user.Format ?? (user.Language is { } own && own != home?.Language ? DefaultFormat(own) : home?.Format ?? DefaultFormat(language));
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(user.TimeZone ?? home?.TimeZone ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        return new(CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(format), zone, user.Theme, user.Density, user.ShortcutsOff) { Start = user.Start };
    }

    private static string DefaultFormat(string language) => language.StartsWith("zh", StringComparison.Ordinal) ? "zh-CN" : "en-GB";
}
