using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Common;

/// <summary>One thing done with many records at once: which records, what, how far it has come.</summary>
public sealed class BulkRun : Record, IOwned
{
    /// <summary>Records it can be done with.</summary>
    public const int MostRecords = 1_000_000;

    [MaxLength(40)]
    public string RecordType { get; init; } = "";
    public BulkAction Action { get; init; }

    /// <summary>What is set, by field key; a value without text empties the field.</summary>
    public IReadOnlyList<BulkValue> Values { get; init; } = [];

    /// <summary>Tags that are added and taken away.</summary>
    public IReadOnlyList<string> AddTags { get; init; } = [];
    public IReadOnlyList<string> RemoveTags { get; init; } = [];

    /// <summary>Conditions of the list all of whose matches are meant; null where they are named by id.</summary>
    public string? Conditions { get; private set; }

    /// <summary>The records, or those left out where all that match are meant; in rising order.</summary>
    public IReadOnlyList<long> Ids { get; private set; } = [];

    /// <summary>The operation that is taken back, where that is what is done.</summary>
    public long? Operation { get; init; }

    /// <summary>Whose records are handed over, where that is what is done.</summary>
    public long? FromId { get; init; }

    /// <summary>View the list was open with: there it leads back to.</summary>
    [MaxLength(40)]
    public string View { get; init; } = "";

    public BulkState State { get; private set; } = BulkState.Running;

    /// <summary>Why it failed: resource key, values and reference, as JSON; null unless it failed.</summary>
    [MaxLength(2000)]
    public string? Failure { get; private set; }

    public long? OwnerId { get; private set; }
    public long? OwnerTeamId { get; private set; }

    public override string Title => RecordType;

    public void Assign(long? ownerId, long? teamId) => (OwnerId, OwnerTeamId) = (ownerId, teamId);

    /// <summary>Which records it is done with: those that were chosen.</summary>
    public void Take(Selection chosen) => (Conditions, Ids) = (chosen.Conditions, chosen.Ids);

    public void Finish(BulkState state) => (State, Failure) = (state, null);

    /// <summary>It could not be brought to its end; what is done stays done.</summary>
    /// <param name="failure">As <see cref="Failure"/> holds it.</param>
    public void Fail(string failure)
    {
        Finish(BulkState.Failed);
        Failure = failure;
    }
}

public enum BulkAction { Edit, Assign, Tag, Delete, Undo }

public enum BulkState { Running, Done, Stopped, Failed }

/// <param name="Text">As <c>FieldText</c> writes it; null empties the field.</param>
public sealed record BulkValue(string Field, string? Text);

/// <summary>How far it has come; one row beside the run, changed with every batch.</summary>
public sealed class BulkProgress(long bulkRunId)
{
    public long BulkRunId { get; private set; } = bulkRunId;

    /// <summary>Id of the last record that was looked at; it goes on behind it.</summary>
    public long LastId { get; set; }
    public int Changed { get; set; }

    /// <summary>Records that were so already.</summary>
    public int Unchanged { get; set; }
    public int Left { get; set; }

    public int Done => Changed + Unchanged + Left;
}

/// <summary>A record that was left as it is.</summary>
public sealed class BulkRow(long bulkRunId, long recordId, string reason)
{
    public long BulkRunId { get; private set; } = bulkRunId;
    public long RecordId { get; private set; } = recordId;

    /// <summary>Why: resource keys with fields and values, as JSON.</summary>
    public string Reason { get; private set; } = reason;
}
