using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Common;

/// <summary>A file on its way into the product: what it is, how its columns are read, how far it has come.</summary>
public sealed class ImportRun : Record, IOwned
{
    [MaxLength(40)]
    public string RecordType { get; init; } = "";

    [Required, MaxLength(200)]
    public string FileName { get; set => field = Clean(value) ?? ""; } = "";

    /// <summary>SHA-256 of the file in the file store.</summary>
    [MaxLength(64)]
    public string FileHash { get; init; } = "";

    /// <summary>Encoding, delimiter and head of the file, as JSON.</summary>
    [MaxLength(1000)]
    public string Format { get; set; } = "{}";
    public IReadOnlyList<ColumnMap> Columns { get; set; } = [];

    /// <summary>What the columns are called, as a hash: a later file with the same heads is matched as this one was.</summary>
    [MaxLength(64)]
    public string? HeadsHash { get; set; }

    /// <summary>The earlier import whose columns were taken over; null when they were suggested.</summary>
    public long? MatchedAsId { get; set; }

    /// <summary>Values that every row gets where its file has no column: field key → text.</summary>
    public IReadOnlyList<FixedValue> Fixed { get; set; } = [];

    /// <summary>Values by which an existing record is recognised, the surest first.</summary>
    public IReadOnlyList<MatchKind> MatchBy { get; set; } = [];
    public DuplicatePolicy OnMatch { get; set; } = DuplicatePolicy.Skip;
    public ImportState State { get; private set; } = ImportState.Draft;

    /// <summary>Words that the dry run did not understand, the most frequent first.</summary>
    public IReadOnlyList<UnknownValue> Unknown { get; private set; } = [];

    /// <summary>What it was at when it failed; null unless it failed.</summary>
    public ImportState? FailedWhile { get; private set; }

    /// <summary>Why it failed: resource key, values and reference, as JSON; null unless it failed.</summary>
    [MaxLength(2000)]
    public string? Failure { get; private set; }

    /// <summary>The work that took it back last; null when nobody did.</summary>
    public long? UndoRunId { get; private set; }

    public long? OwnerId { get; private set; }
    public long? OwnerTeamId { get; private set; }

    public override string Title => FileName;

    public void Assign(long? ownerId, long? teamId) => (OwnerId, OwnerTeamId) = (ownerId, teamId);

    /// <summary>Whether file, columns and policy may still be changed.</summary>
    public bool IsOpen => State is ImportState.Draft or ImportState.Checked or ImportState.Failed;

    /// <summary>Whether it was stopped, or failed, with rows on their way in: it goes on behind the last ones.</summary>
    public bool CanGoOn => State == ImportState.Stopped || FailedWhile == ImportState.Running;

    /// <summary>Begins the dry run over the whole file.</summary>
    public void StartCheck()
    {
        Rule.Require(IsOpen, "Import.IsRunning");
        Rule.Require(Columns.Any(c => c.Field is not null), "Import.NeedsColumns");

        Finish(ImportState.Checking);
    }

    /// <summary>Begins the run that writes, or goes on with it; only after a dry run of the same settings.</summary>
    /// <param name="hasFixes">Rejected rows of it were put right since.</param>
    public void StartRun(bool hasFixes = false)
    {
        Rule.Require(State == ImportState.Checked || CanGoOn || (State == ImportState.Done && hasFixes), "Import.NeedsCheck");

        Finish(ImportState.Running);
    }

    /// <summary>The dry run is done.</summary>
    public void EndCheck(IReadOnlyList<UnknownValue> unknown)
    {
        Finish(ImportState.Checked);
        Unknown = unknown;
    }

    public void Finish(ImportState state) => (State, FailedWhile, Failure) = (state, null, null);

    /// <summary>What it brought in is taken back.</summary>
    /// <param name="undoRunId">The work that does it.</param>
    public void TakeBack(long undoRunId)
    {
        Rule.Require(State is not (ImportState.Checking or ImportState.Running), "Import.IsRunning");

        UndoRunId = undoRunId;
    }

    /// <summary>It could not be brought to its end.</summary>
    /// <param name="failure">As <see cref="Failure"/> holds it.</param>
    public void Fail(string failure) => (State, FailedWhile, Failure) = (ImportState.Failed, State, failure);

    /// <summary>Settings changed: the dry run no longer speaks of them.</summary>
    public void Change()
    {
        Rule.Require(IsOpen, "Import.IsRunning");

        Finish(ImportState.Draft);
    }
}

public enum ImportState { Draft, Checking, Checked, Running, Done, Stopped, Failed }

/// <summary>What happens to a row whose record is here already.</summary>
public enum DuplicatePolicy { Skip, FillEmpty, Overwrite }

/// <summary>How a column of the file is read.</summary>
/// <param name="Index">Place in the file, from 0.</param>
/// <param name="Field">Key of the field it goes into; null leaves it out.</param>
/// <param name="Factor">Numbers are multiplied by it: 1,000,000 for a file in millions.</param>
/// <param name="Format">Culture of numbers and dates, such as "en-US"; null is the importing user's.</param>
public sealed record ColumnMap(int Index, string Head, string? Field, decimal Factor = 1, string? Format = null)
{
    /// <summary>What words of the file mean, where the field does not know them.</summary>
    public IReadOnlyList<ValueMap> Values { get; init; } = [];
}

/// <summary>What a word of a column means.</summary>
/// <param name="To">As <c>FieldText</c> writes it; empty leaves the field empty.</param>
public sealed record ValueMap(string Text, string To);

/// <summary>A word that the dry run met and did not understand.</summary>
/// <param name="Column">Place of the column in the file, from 0.</param>
public sealed record UnknownValue(int Column, string Text, int Count);

/// <param name="Text">As <c>FieldText</c> writes it.</param>
public sealed record FixedValue(string Field, string Text);

/// <summary>How far an import has come; one row beside the run, changed with every batch.</summary>
public sealed class ImportProgress(long importRunId)
{
    public long ImportRunId { get; private set; } = importRunId;
    /// <summary>Whether these are the numbers of the dry run.</summary>
    public bool IsDryRun { get; set; } = true;
    /// <summary>Rows of the file looked at so far; a run goes on behind them.</summary>
    public int Rows { get; set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Skipped { get; set; }
    public int Rejected { get; set; }
    /// <summary>Rows whose parent or employer could be tied after all rows were in.</summary>
    public int Tied { get; set; }
}

/// <summary>What became of one row of the file.</summary>
public sealed class ImportRow(long importRunId, int line, ImportOutcome outcome, long? recordId, string? reason)
{
    public long ImportRunId { get; private set; } = importRunId;
    /// <summary>Line of the file, the head being 1.</summary>
    public int Line { get; private set; } = line;
    public ImportOutcome Outcome { get; private set; } = outcome;
    public long? RecordId { get; private set; } = recordId;

    /// <summary>Why it was rejected or skipped: resource keys with columns and values, as JSON.</summary>
    public string? Reason { get; private set; } = reason;

    /// <summary>The row was put right and tried once more.</summary>
    public void Become(ImportRow again) => (Outcome, RecordId, Reason) = (again.Outcome, again.RecordId, again.Reason);
}

/// <summary>A rejected row as the user put it right: read in place of the one in the file.</summary>
public sealed class ImportFix(long importRunId, int line)
{
    /// <summary>Rows of one file that can be put right by hand.</summary>
    public const int MostRows = 5_000;

    public long ImportRunId { get; private set; } = importRunId;
    public int Line { get; private set; } = line;

    /// <summary>All cells of the row.</summary>
    public IReadOnlyList<string> Cells { get; set; } = [];
}

public enum ImportOutcome { Created, Updated, Skipped, Rejected }
