namespace CrmWeb.Domain.Common;

/// <summary>What everything that is stored, shown and changed as one thing has in common.</summary>
public abstract class Record
{
    /// <summary>Unique over all record types, never given twice. Known as soon as the record is added to its repository.</summary>
    public long Id { get; init; }

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

    /// <summary>What people call the record: the first words of its page, its line in lists and search.</summary>
    public abstract string Title { get; }

    /// <summary>Puts the record into the trash.</summary>
    /// <exception cref="RuleException">It lies there already.</exception>
    public void Delete(DateTime now, long? by)
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
}

/// <summary>A record that a person is responsible for: rights are judged by this owner and team.</summary>
public interface IOwned
{
    long? OwnerId { get; }

    /// <summary>The owner's home team when the record was given to him.</summary>
    long? OwnerTeamId { get; }
}

/// <summary>A record that lives under another one: rights are judged by the owner and team of that one, kept here as a copy.</summary>
public interface IScoped
{
    long? ScopeOwnerId { get; }
    long? ScopeTeamId { get; }
}

/// <summary>A record that search finds.</summary>
public interface ISearchable
{
    /// <summary>Texts in which any fragment is found: names, numbers, addresses, phone digits.</summary>
    IEnumerable<string?> SearchTexts { get; }

    /// <summary>Values by which exactly this record is meant; also how duplicates are recognised.</summary>
    IEnumerable<MatchKey> MatchKeys { get; }
}

/// <summary>A normalised value that identifies a record: an e-mail address, an E.164 phone number, a tax number, a folded name.</summary>
public readonly record struct MatchKey(MatchKind Kind, string Value);

public enum MatchKind { Number, Email, Phone, TaxNumber, Domain, Name, External }
