using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.Common;

/// <summary>Everything in which the two databases differ, each question once.</summary>
public interface IDatabaseProvider
{
    string Name { get; }

    void Use(DbContextOptionsBuilder options, string connection);

    /// <summary>How decimals are stored.</summary>
    void Configure(ModelConfigurationBuilder conventions);

    /// <summary>What the model needs on this database only.</summary>
    void Adapt(ModelBuilder model);

    /// <summary>The rows whose search key holds every one of the folded terms, newest first.</summary>
    IQueryable<T> Matching<T>(CrmDb db, IQueryable<T> rows, IReadOnlyList<string> terms) where T : Record;

    /// <summary>Joins the pieces in which the search index lies, if it has any; in short steps, so that others can write.</summary>
    Task MergeSearchAsync(CrmDb db, CancellationToken ct);

    /// <summary>Holds the figures of customers until the transaction ends, so that two saves do not count past each other.</summary>
    Task LockFiguresAsync(CrmDb db, IReadOnlyList<long> customerIds, CancellationToken ct);

    /// <summary>Inserts many rows of one table in the running transaction, columns from the model.</summary>
    Task InsertAsync(CrmDb db, IEntityType type, IReadOnlyList<object> rows, CancellationToken ct);

    /// <summary>Name of the unique index a save ran into; null when it failed for another reason.</summary>
    string? UniqueViolation(DbUpdateException failed);

    /// <summary>Whether the database was waited for in vain: nothing was saved, trying again may help.</summary>
    bool IsBusy(Exception failed);

    /// <summary>Whether there was no room left where the database lies: nothing was saved.</summary>
    bool IsFull(Exception failed);

    /// <summary>The migrations that have run on the database, looked up without writing; none where there is no database yet.</summary>
    /// <exception cref="UnusableDatabaseException">It cannot be reached.</exception>
    Task<IReadOnlyList<string>> MigrationsAsync(CrmDb db, CancellationToken ct);

    /// <summary>Reads all of the database and looks whether it is whole, without writing.</summary>
    /// <exception cref="UnusableDatabaseException">It is not, or it cannot be reached.</exception>
    Task ExamineAsync(CrmDb db, CancellationToken ct);

    /// <summary>What keeps a connection string from being used; null when it can be.</summary>
    string? Fault(string connection);

    /// <summary>Brings the database to the present model, whole or not at all.</summary>
    /// <exception cref="UnusableDatabaseException">It cannot be worked on, or not be upgraded; it is as it was.</exception>
    Task MigrateAsync(CrmDb db, CancellationToken ct);

    /// <summary>Writes a consistent copy of the whole database into a new file, while others go on working.</summary>
    /// <exception cref="UnusableDatabaseException">It is damaged, or such copies are the server's own business.</exception>
    Task BackupAsync(string file, CancellationToken ct);

    /// <summary>Puts such a copy in the database's place. What was there stays beside it.</summary>
    /// <param name="db">Knows the model; its connection is not used.</param>
    /// <exception cref="UnusableDatabaseException">The copy cannot be used, or somebody uses the database. Nothing was touched.</exception>
    Task RestoreAsync(CrmDb db, string file, CancellationToken ct);
}
