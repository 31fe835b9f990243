namespace CrmWeb.Services.Common;

/// <summary>Saves many new records at once, each with everything a single save writes beside it: number, audit, timeline, search, figures.</summary>
public interface IBulkWriter
{
    /// <summary>Gives the record its id and keeps it for the save.</summary>
    /// <exception cref="AccessDeniedException">The user may not create such records.</exception>
    void Add<T>(T record) where T : Record;

    /// <summary>Keeps a new row that belongs to a record, such as a link or a logged move, for the same save.</summary>
    void AddPart<TPart>(TPart part) where TPart : class;

    /// <summary>
    /// Commits at once what was added here and what was changed of records read in this scope; nothing is left when it fails.
    /// Afterwards the scope remembers nothing of it, so that memory stays flat from batch to batch.
    /// </summary>
    /// <param name="within">Further work in the same transaction, just before the commit. It must not create records of its own.</param>
    /// <exception cref="StaleRecordException">Someone saved one of the changed records in the meantime.</exception>
    /// <exception cref="RuleException">A value that may exist once exists already.</exception>
    Task SaveAsync(Func<CancellationToken, Task>? within, CancellationToken ct);

    /// <inheritdoc cref="SaveAsync(Func{CancellationToken, Task}?, CancellationToken)"/>
    Task SaveAsync(CancellationToken ct) => SaveAsync(within: null, ct);
}

/// <summary>A bulk writer whose records came about earlier, each on its own day and by its own person. For made-up companies only: an import writes now.</summary>
public interface IPastWriter : IBulkWriter
{
    /// <summary>Rows written so far, audit, timeline and keys included.</summary>
    long Written { get; }

    /// <inheritdoc cref="IBulkWriter.Add{T}(T)"/>
    /// <param name="at">UTC; when it was created.</param>
    /// <param name="by">Who created it.</param>
    void Add<T>(T record, DateTime at, long by) where T : Record;

    /// <summary>Logs a change that a customer of this batch has been through since; the record itself holds the new value already.</summary>
    /// <param name="at">UTC.</param>
    void AddEdit(Domain.Customers.Customer customer, string field, object? old, object? now, DateTime at, long by);
}
