using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>A person at a customer. Keeps his history when he changes employer.</summary>
public sealed class Contact : Record, IScoped, ISearchable
{
    [MaxLength(40)]
    public string? Salutation { get; set => field = Clean(value); }

    [MaxLength(100)]
    public string? FamilyName { get; set => field = Clean(value); }

    [MaxLength(100)]
    public string? GivenName { get; set => field = Clean(value); }

    /// <summary>How the name is written where the usual order does not do.</summary>
    [MaxLength(200)]
    public string? DisplayName { get; set => field = Clean(value); }

    /// <summary>How the name is said: pinyin or kana.</summary>
    [MaxLength(200)]
    public string? Pronunciation { get; set => field = Clean(value); }

    [MaxLength(200)]
    public string FullName { get; private set; } = "";

    /// <summary>The one customer the person works for now; changed by <see cref="WorkFor"/>.</summary>
    public long? CustomerId { get; private set; }
    public Customer? Customer { get; private set; }

    [MaxLength(100)]
    public string? JobTitle { get; set => field = Clean(value); }

    [MaxLength(100)]
    public string? Department { get; set => field = Clean(value); }

    /// <summary>Part in decisions.</summary>
    public ContactRole? Role { get; set; }
    public long? ReportsToId { get; set; }
    public Contact? ReportsTo { get; private set; }

    [MaxLength(254)]
    public string? Email { get; set => field = Clean(value); }
    public EmailState EmailState { get; set; } = EmailState.Usable;
    public IReadOnlyList<Reach> OtherEmails { get; set; } = [];

    /// <summary>As typed.</summary>
    [MaxLength(60)]
    public string? Phone { get; set => field = Clean(value); }
    [MaxLength(20)]
    public string? PhoneE164 { get; set; }

    /// <summary>As typed.</summary>
    [MaxLength(60)]
    public string? Mobile { get; set => field = Clean(value); }
    [MaxLength(20)]
    public string? MobileE164 { get; set; }

    [MaxLength(200)]
    public string? Street { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? City { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? Region { get; set => field = Clean(value); }
    [MaxLength(20)]
    public string? PostalCode { get; set => field = Clean(value); }

    /// <summary>ISO 3166 two-letter code where known, otherwise as it was typed.</summary>
    [MaxLength(60)]
    public string? Country { get; set => field = Clean(value); }

    public DateOnly? Birthday { get; set; }

    /// <summary>BCP 47 tag.</summary>
    [MaxLength(20)]
    public string? Language { get; set => field = Clean(value); }
    public bool DoNotCall { get; set; }
    public Channel? PreferredChannel { get; set; }

    [MaxLength(4000)]
    public string? Description { get; set => field = Clean(value); }
    public IReadOnlyList<string> Tags { get; set; } = [];

    [MaxLength(60)]
    public string? ExternalSource { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? ExternalId { get; set => field = Clean(value); }

    public long? ScopeOwnerId { get; private set; }
    public long? ScopeTeamId { get; private set; }
    public long? ScopeRecordId => CustomerId;

    public override string Title => DisplayName ?? PersonName.Display(FamilyName, GivenName);

    public IEnumerable<string?> SearchTexts => [Title, Pronunciation, Email, Phone, PhoneE164, Mobile, MobileE164, .. OtherEmails.Select(e => e.Value)];

    public IEnumerable<MatchKey> MatchKeys => ContactRules.Keys(this);

    public override IEnumerable<Broken> Check() => [.. base.Check(), .. ContactRules.Check(this)];

    public void ScopeTo(long? ownerId, long? teamId) => (ScopeOwnerId, ScopeTeamId) = (ownerId, teamId);

    /// <summary>Keeps the written-out name that lists sort and show.</summary>
    internal void StampFullName() => FullName = Title.Length <= 200 ? Title : Title[..200];

    /// <summary>Starts work at a customer; earlier work stays in the history.</summary>
    /// <param name="today">First day there, in the organisation's zone.</param>
    /// <param name="current">The open link of the present employer, if any; it is closed.</param>
    /// <returns>The new link; null when nothing changed.</returns>
    public ContactLink? WorkFor(long? customerId, DateOnly today, ContactLink? current)
    {
        if (customerId == CustomerId)
            return null;

        current?.End(today);
        CustomerId = customerId;
        return customerId is { } there ? new ContactLink(Id, there, today) : null;
    }
}

/// <summary>Time a person spends or spent at a customer.</summary>
public sealed class ContactLink(long contactId, long customerId, DateOnly? fromOn)
{
    public long Id { get; private set; }
    public long ContactId { get; private set; } = contactId;
    public long CustomerId { get; private set; } = customerId;
    public DateOnly? FromOn { get; private set; } = fromOn;
    /// <summary>Last day; null while the person is there.</summary>
    public DateOnly? UntilOn { get; private set; }

    public void End(DateOnly on) => UntilOn = on;
}

/// <summary>Part a person has in the customer's decisions.</summary>
public enum ContactRole { Decides, Signs, Uses, Advises, Blocks }
public enum EmailState { Usable, Invalid, OptedOut }

/// <summary>What must hold between the fields of a contact.</summary>
public static class ContactRules
{
    internal static IEnumerable<Broken> Check(Contact c)
    {
        if (c.FamilyName is null && c.GivenName is null && c.DisplayName is null)
            yield return new("Contact.NeedsName", nameof(c.FamilyName));
        if (c.Email is { } email && !EmailAddress.IsValid(email))
            yield return new("Error.Email", nameof(c.Email), email);
        foreach (var broken in Reach.Check(c.OtherEmails, nameof(c.OtherEmails), areEmails: true))
            yield return broken;
        if (c.ReportsToId == c.Id && c.Id != 0)
            yield return new("Contact.OwnBoss", nameof(c.ReportsToId));
        if (c.Tags.Count > CustomerRules.MostTags)
            yield return new("Error.TooManyTags", nameof(c.Tags), CustomerRules.MostTags);
        if (c.ExternalId is not null && c.ExternalSource is null)
            yield return new("Error.ExternalSource", nameof(c.ExternalSource));
    }

    /// <summary>How two records are recognised as the same person.</summary>
    internal static IEnumerable<MatchKey> Keys(Contact c)
    {
        foreach (var mail in c.OtherEmails.Select(e => e.Value).Prepend(c.Email).OfType<string>())
            yield return new(MatchKind.Email, mail.ToLowerInvariant());
        if (c.PhoneE164 is { } phone)
            yield return new(MatchKind.Phone, phone);
        if (c.MobileE164 is { } mobile)
            yield return new(MatchKind.Phone, mobile);
        if (c.ExternalId is { } id)
            yield return new(MatchKind.External, $"{c.ExternalSource}:{id}");
    }
}
