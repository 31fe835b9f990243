namespace CrmWeb.Services.Common;

/// <summary>What users do with records of every type: open, create, change, give away, delete, bring back.</summary>
public interface IRecordService<T> where T : Record
{
    /// <summary>The fields of a record for a form.</summary>
    Task<RecordSnapshot> OpenAsync(long id, RecordAction action, CancellationToken ct);

    /// <summary>Whether the user may do this with the record; false also when he may not see it.</summary>
    Task<bool> MayAsync(long id, RecordAction action, CancellationToken ct);

    /// <summary>With which of the records that he sees the user may do this.</summary>
    Task<IReadOnlySet<long>> MayAsync(IReadOnlyList<long> seen, RecordAction action, CancellationToken ct);

    /// <summary>Creates a record; it belongs to the current user unless <paramref name="values"/> name another owner.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="RuleException">With everything that is wrong, each beside its property.</exception>
    Task<long> CreateAsync(FieldValues values, CancellationToken ct);

    /// <summary>Changes fields. What someone else saved since <paramref name="version"/> merges by itself unless both changed the same field.</summary>
    /// <exception cref="EditConflictException">Both changed the same field to different values.</exception>
    Task EditAsync(long id, FieldValues values, Guid version, CancellationToken ct);

    /// <summary>Gives the record to another person; his home team goes with it.</summary>
    Task AssignAsync(long id, long? ownerId, Guid version, CancellationToken ct);

    /// <summary>Puts the record into the trash.</summary>
    Task DeleteAsync(long id, Guid version, CancellationToken ct);

    /// <summary>Brings the record back from the trash.</summary>
    Task RestoreAsync(long id, CancellationToken ct);
}

/// <summary>A record's fields as they stand.</summary>
public sealed record RecordSnapshot(long Id, Guid Version, string Title, FieldValues Values);

/// <summary>What is special about saving a record type: values worked out from others, checks that need the database.</summary>
public interface IRecordHooks<in T> where T : Record
{
    /// <summary>Works values out from what was typed, such as a phone number for machines.</summary>
    void Normalize(T record)
    {
    }

    /// <summary>Called with a copy that holds the changes, before anything is touched.</summary>
    /// <exception cref="RuleException">A rule about other records is broken; nothing is saved.</exception>
    Task CheckAsync(T draft, FieldValues values, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Called with the changes applied, before the save.</summary>
    /// <exception cref="RuleException">A rule that needs other records is broken; nothing is saved.</exception>
    Task BeforeSaveAsync(T record, FieldValues values, bool isNew, CancellationToken ct);

    /// <summary>Called before a record goes into the trash.</summary>
    Task BeforeDeleteAsync(T record, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Two people changed the same field of a record.</summary>
public sealed class EditConflictException(EditConflict conflict) : Exception("The same field was changed by two people.")
{
    public EditConflict Conflict => conflict;
}

/// <summary>What a person needs to know to settle a conflict.</summary>
/// <param name="Version">The version the settled record is to be saved over.</param>
/// <param name="TheirAt">UTC.</param>
/// <param name="Clashes">Fields both changed.</param>
/// <param name="Mine">Own changes that do not clash.</param>
public sealed record EditConflict(string Type, long Id, string Title, Guid Version, long? TheirUserId, DateTime TheirAt, IReadOnlyList<FieldClash> Clashes, IReadOnlyList<FieldClash> Mine);

/// <summary>One field of a conflict; values as <see cref="FieldText"/> writes them.</summary>
public sealed record FieldClash(Field Field, string? Was, string? Theirs, string? Mine);
