namespace CrmWeb.Services.Common;

/// <summary>What is special about bringing in a record type; one where nothing is has none.</summary>
public interface IImportHooks<in T> where T : Record
{
    /// <summary>Values worked out from those of the row, before the record is compared and checked.</summary>
    void Normalize(T record, FieldValues values);

    /// <summary>Owner, first status, links: what a form's save would add.</summary>
    void Prepare(T record, FieldValues values, bool isNew, IBulkWriter bulk);

    /// <summary>Whether the record may hang under the other one.</summary>
    Task<bool> MayTieAsync(long id, long otherId, CancellationToken ct) => Task.FromResult(true);
}
