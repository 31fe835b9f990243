using System.Diagnostics.CodeAnalysis;

namespace CrmWeb.Domain.Common;

/// <summary>What everything that is stored, shown and changed as one thing has in common.</summary>
public abstract class Record
{
    /// <summary>Unique over all record types, never given twice. Known as soon as the record is added to its repository.</summary>
    public long Id { get; private set; }

    /// <summary>Changes with every save; a form sends back the one it was shown with.</summary>
    public Guid Version { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }
    public long? CreatedById { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime ModifiedAt { get; private set; }
    public long? ModifiedById { get; private set; }

    /// <summary>UTC; set while the record lies in the trash.</summary>
    public DateTime? DeletedAt { get; private set; }
    public long? DeletedById { get; private set; }

    /// <summary>The title folded for sorting: accents, case and width do not matter, Han names sort by pinyin.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>Everything by which the record is found, folded; null for records that search does not find.</summary>
    public string? SearchKey { get; private set; }

    /// <summary>What people call the record: the heading of its page, its line in lists and search.</summary>
    public abstract string Title { get; }

    /// <summary>Everything that is wrong with the record as it stands.</summary>
    public virtual IEnumerable<Broken> Check() => FieldRules.Check(this);

    /// <summary>Puts the record into the trash.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="RuleException">It lies there already.</exception>
    public virtual void Delete(DateTime now, long? by)
    {
        Rule.Require(DeletedAt is null, "Record.IsDeleted");

        (DeletedAt, DeletedById) = (now, by);
    }

    /// <summary>Takes the record out of the trash, as it was.</summary>
    /// <exception cref="RuleException">It does not lie there.</exception>
    public void Restore()
    {
        Rule.Require(DeletedAt is not null, "Record.IsNotDeleted");

        (DeletedAt, DeletedById) = (null, null);
    }

    /// <summary>A copy to try changes on before the record itself is touched.</summary>
    public Record Draft() => (Record)MemberwiseClone();

    // What the save pipeline writes. Nobody else may: it is the stamp that the record was really saved.
    internal void Identify(long id) => Id = id;
    internal void StampCreated(DateTime at, long? by) => (CreatedAt, CreatedById) = (at, by);
    internal void StampModified(DateTime at, long? by) => (ModifiedAt, ModifiedById, Version) = (at, by, Guid.CreateVersion7());
    internal void StampKeys(string sortKey, string? searchKey) => (SortKey, SearchKey) = (sortKey, searchKey);

    /// <summary>An empty or blank text is no text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    protected static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A web address in its full form; what is none stays as typed, so that the rule can say so.</summary>
    protected static string? CleanUrl(string? text) => Clean(text) is { } typed ? WebAddress.Normalize(typed) ?? typed : null;
}
