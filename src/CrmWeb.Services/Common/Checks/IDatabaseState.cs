namespace CrmWeb.Services.Common;

/// <summary>How the database is, looked at without writing anything into it.</summary>
public interface IDatabaseState
{
    /// <summary>Whether it can be reached and fits this version of the product. Costs next to nothing.</summary>
    Task<DatabaseFit> FitAsync(CancellationToken ct);

    /// <summary>Reads all of it and looks whether it is whole.</summary>
    /// <returns>What is wrong and the cure; null when nothing is.</returns>
    Task<string?> DamageAsync(CancellationToken ct);

    /// <summary>Whether something sealed is still of use: somebody is signed in, or a mail with a link waits.</summary>
    Task<bool> NeedsKeysAsync(CancellationToken ct);

    /// <summary>What kept the database from saving, though nothing was wrong with what was to be saved; null when it was something else.</summary>
    DatabaseObstacle? ObstacleOf(Exception failed);
}

/// <summary>Why nothing was saved: others were writing for too long, or there is no room left.</summary>
public enum DatabaseObstacle { Busy, DiskFull }

/// <summary>Whether the product can work on its database.</summary>
/// <param name="Reason">What keeps it from that, and the cure; null when it can.</param>
public sealed record DatabaseFit(DatabaseAge Age, string? Reason = null);

/// <summary>Older: it lacks migrations of this version. Newer: it has some that this version does not know.</summary>
public enum DatabaseAge { Present, Missing, Older, Newer, Unreachable }
