namespace CrmWeb.Services.Common;

/// <summary>
/// What a person does at once in this scope of work, as the audit knows it: what belongs to one operation is taken back together.
/// Each save is an operation of its own, unless the scope has begun or joined one.
/// </summary>
public sealed class Operation
{
    private long? current;
    private bool lasts;

    /// <summary>The operation of the latest save in this scope; null when nothing was saved since <see cref="Begin"/>.</summary>
    public long? Last { get; private set; }

    /// <summary>What the request that is being answered is known by: the save that makes a record keeps it and clears it here. Null where it need not be known again.</summary>
    public string? Key { get; set; }

    /// <summary>The saves that follow in this scope are parts of one new operation.</summary>
    public void Begin() => (current, lasts, Last) = (null, true, null);

    /// <summary>The saves that follow in this scope are parts of a known operation: the batches of a work on many records, also after a restart.</summary>
    /// <param name="operation">Id of what stands for it, such as the record of the run: ids are unique over all types.</param>
    public void Join(long operation) => (current, lasts) = (operation, true);

    /// <summary>The operation of the save that begins; the save pipeline asks.</summary>
    /// <param name="newId">Gives an id nobody has.</param>
    public long Next(Func<long> newId)
    {
        Last = current ?? newId();
        current = lasts ? Last : null;
        return Last.Value;
    }
}
