using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Customers;

namespace CrmWeb.Data.Customers;

/// <summary>
/// Says that a record the user may not see has the very tax number, e-mail or phone, and whose team it is: no name, no link.
/// So that nobody can try out numbers, each user gets a few such answers an hour, and each is in the audit.
/// </summary>
internal sealed class HiddenMatches(CrmDb db, IAuditTrail audit, ICurrentUser user, TimeProvider clock)
{
    private const int MostAnHour = 20;

    public static bool Tells(MatchKind kind) => kind is MatchKind.TaxNumber or MatchKind.Email or MatchKind.Phone;

    /// <param name="sure">Keys that need a reason when they are somebody's already.</param>
    /// <param name="all">Records of the type whoever may see them.</param>
    /// <param name="visible">Those the user may see.</param>
    public async Task<Duplicate?> FindAsync<T>(IReadOnlyDictionary<string, MatchKind> keys, IReadOnlySet<string> sure, IQueryable<T> all, IQueryable<T> visible, CancellationToken ct) where T : Record
    {
        var (wanted, type, team) = (keys.Where(k => Tells(k.Value)).Select(k => k.Key).ToList(), typeof(T).Name, TeamOf<T>());
        if (wanted.Count == 0)
            return null;

        var hidden = await db.Set<MatchKeyRow>().Where(k => wanted.Contains(k.Key) && k.Type == type)
            .Join(all.Where(r => !visible.Any(v => v.Id == r.Id)), k => k.RecordId, r => r.Id, (k, r) => new { r.Id, k.Key, TeamId = EF.Property<long?>(r, team) })
            .OrderBy(h => h.Id).FirstOrDefaultAsync(ct);
        if (hidden is null || !await MayTellAsync(type, hidden.Id, ct))
            return null;

        var name = await db.Set<Team>().Where(t => t.Id == hidden.TeamId).Select(t => t.Name).FirstOrDefaultAsync(ct);
        return new(0, "", Owner: null, keys[hidden.Key], 100) { IsSure = sure.Contains(hidden.Key), IsHidden = true, Team = name };
    }

    /// <summary>What was told within the hour may be told again; something new is counted and noted.</summary>
    private async Task<bool> MayTellAsync(string type, long id, CancellationToken ct)
    {
        var (since, me) = (clock.GetUtcNow().UtcDateTime.AddHours(-1), user.Id);
        var told = await db.Set<AuditEntry>().Where(a => a.At > since && a.UserId == me && a.Kind == AuditKind.HiddenMatchTold)
            .Select(a => new { a.RecordType, a.RecordId }).Take(MostAnHour).ToListAsync(ct);
        if (told.Exists(t => t.RecordId == id && t.RecordType == type))
            return true;
        if (told.Count >= MostAnHour)
            return false;

        audit.Add(new(AuditKind.HiddenMatchTold, id) { RecordType = type });
        await db.SaveAsync(ct);
        return true;
    }

    private static string TeamOf<T>() => typeof(T).IsAssignableTo(typeof(IOwned)) ? nameof(IOwned.OwnerTeamId) : nameof(IScoped.ScopeTeamId);
}
