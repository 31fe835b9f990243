using System.Globalization;

namespace CrmWeb.Domain.Customers;

/// <summary>What must hold between the fields of a customer.</summary>
public static class CustomerRules
{
    /// <summary>Most tags a record can carry, and characters of one.</summary>
    public const int MostTags = 30, LongestTag = 40;

    internal static IEnumerable<Broken> Check(Customer c)
    {
        if (c.Currency.Length is not (0 or 3) || !c.Currency.All(char.IsAsciiLetterUpper))
            yield return new("Error.Currency", nameof(c.Currency), c.Currency);
        if (c.Email is { } email && !EmailAddress.IsValid(email))
            yield return new("Error.Email", nameof(c.Email), email);
        foreach (var broken in Reach.Check(c.OtherEmails, nameof(c.OtherEmails), areEmails: true).Concat(Reach.Check(c.OtherPhones, nameof(c.OtherPhones), areEmails: false)).Concat(Address.Check(c.OtherAddresses, nameof(c.OtherAddresses))))
            yield return broken;
        if (c.Website is { } site && WebAddress.Normalize(site) is null)
            yield return new("Error.Url", nameof(c.Website), site);
        if (c.ParentId == c.Id && c.Id != 0)
            yield return new("Customer.OwnParent", nameof(c.ParentId));
        if (c.Roles == CustomerRoles.None)
            yield return new("Customer.NeedsRole", nameof(c.Roles));
        if (c.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return new("Error.TimeZone", nameof(c.TimeZone), zone);
        if (c.Language is { } language && !IsLanguage(language))
            yield return new("Error.Language", nameof(c.Language), language);
        if (c.Tags.Count > MostTags)
            yield return new("Error.TooManyTags", nameof(c.Tags), MostTags);
        if (c.Tags.FirstOrDefault(t => t.Length > LongestTag) is { } longTag)
            yield return new("Error.TagTooLong", nameof(c.Tags), longTag, LongestTag);
        if (c.ExternalId is not null && c.ExternalSource is null)
            yield return new("Error.ExternalSource", nameof(c.ExternalSource));
    }

    private static bool IsLanguage(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}

/// <summary>How two records are recognised as the same customer.</summary>
public static class CustomerMatch
{
    public static IEnumerable<MatchKey> Keys(Customer c)
    {
        if (c.Number is { } number)
            yield return new(MatchKind.Number, TextFold.Fold(number));
        if (CompanyName.Normalize(c.Name) is { Length: > 0 } name)
            yield return new(MatchKind.Name, Cut(name));
        if (c.OtherName is { } other && CompanyName.Normalize(other) is { Length: > 0 } second)
            yield return new(MatchKind.Name, Cut(second));
        foreach (var mail in c.OtherEmails.Select(e => e.Value).Prepend(c.Email))
        {
            if (mail is not null)
                yield return new(MatchKind.Email, Cut(mail.ToLowerInvariant()));
        }
        foreach (var phone in c.OtherPhones.Select(p => p.Value).Prepend(c.PhoneE164))
        {
            if (phone is { } && phone.StartsWith('+'))
                yield return new(MatchKind.Phone, Cut(phone));
        }
        if (c.TaxNumber is { } tax && TextFold.Fold(tax).Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } folded)
            yield return new(MatchKind.TaxNumber, folded);
        if (c.Website is { } site && WebAddress.Domain(site) is { Length: > 0 } domain)
            yield return new(MatchKind.Domain, Cut(domain));
        if (c.ExternalId is { } id)
            yield return new(MatchKind.External, Cut($"{c.ExternalSource}:{id}"));
    }

    // The column of match keys is 200 characters long; longer values meet in their beginning.
    private static string Cut(string value) => value.Length <= 200 ? value : value[..200];
}
