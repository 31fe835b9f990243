namespace CrmWeb.Domain.Common;

/// <summary>A record that a person is responsible for: rights are judged by this owner and team.</summary>
public interface IOwned
{
    long? OwnerId { get; }

    /// <summary>The owner's home team when the record was given to him.</summary>
    long? OwnerTeamId { get; }

    /// <summary>Makes someone responsible.</summary>
    void Assign(long? ownerId, long? teamId);
}

/// <summary>A record that lives under another one: rights are judged by the owner and team of that one, kept here as a copy.</summary>
public interface IScoped
{
    long? ScopeOwnerId { get; }
    long? ScopeTeamId { get; }

    /// <summary>The customer it lives under; null when it stands alone and belongs to its maker.</summary>
    long? ScopeRecordId { get; }

    /// <summary>Copies owner and team of the main record. The save pipeline does it.</summary>
    void ScopeTo(long? ownerId, long? teamId);
}

/// <summary>A record that can be opened to single people and teams, with all that lives with it.</summary>
public interface IShareable : IOwned;

/// <summary>A record that may be for its author's eyes only.</summary>
public interface IPrivate
{
    bool IsPrivate { get; }
}

/// <summary>A record that people quote by a number such as C-2026-00042.</summary>
public interface INumbered
{
    string? Number { get; }

    /// <summary>Letters before the year.</summary>
    string NumberPrefix { get; }

    /// <summary>Gives the number, once. The save pipeline does it.</summary>
    void GiveNumber(string number);
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

/// <summary>What a person may do with a record.</summary>
public enum RecordAction { View, Create, Edit, Delete, Assign, Share, Export, BulkEdit, Import }
