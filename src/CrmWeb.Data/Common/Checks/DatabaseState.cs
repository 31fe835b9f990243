using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;

namespace CrmWeb.Data.Common;

internal sealed class DatabaseState(CrmDb db, TimeProvider clock) : IDatabaseState
{
    private const string Cure = "Start CrmWeb, or run migrate.";

    public async Task<DatabaseFit> FitAsync(CancellationToken ct)
    {
        try
        {
            var (done, known) = (await db.Provider.MigrationsAsync(db, ct), db.Database.GetMigrations().ToList());
            return done.Count == 0 ? new(DatabaseAge.Missing, $"There is no database of CrmWeb yet. {Cure}")
                : done.Except(known, StringComparer.Ordinal).Any() ? new(DatabaseAge.Newer, "The database was made by another version of CrmWeb. Start that version or a newer one.")
                : known.Except(done, StringComparer.Ordinal).Any() ? new(DatabaseAge.Older, $"The database is of an older version of CrmWeb. {Cure}")
                : new(DatabaseAge.Present);
        }
        catch (UnusableDatabaseException unusable)
        {
            return new(DatabaseAge.Unreachable, unusable.Message);
        }
    }

    public async Task<string?> DamageAsync(CancellationToken ct)
    {
        try
        {
            await db.Provider.ExamineAsync(db, ct);
            return null;
        }
        catch (UnusableDatabaseException damaged)
        {
            return damaged.Message;
        }
    }

    public DatabaseObstacle? ObstacleOf(Exception failed) => db.Provider.IsBusy(failed) ? DatabaseObstacle.Busy : db.Provider.IsFull(failed) ? DatabaseObstacle.DiskFull : null;

    public async Task<bool> NeedsKeysAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow().UtcDateTime - Session.Absolute;
        return await db.Set<Session>().AnyAsync(s => s.EndedAt == null && s.StartedAt > since, ct)
            || await db.Set<OutboxMessage>().AnyAsync(m => m.State == OutboxState.Waiting && m.SealedLink != null, ct);
    }
}
