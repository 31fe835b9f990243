using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>Makes up the people who work at a customer.</summary>
internal static class PeopleMaker
{
    public static Contact Make(Customer customer, DemoCountry country, int place, Dice dice)
    {
        var isWoman = dice.Chance(48);
        var (family, given) = (dice.Pick(country.Families), dice.Pick(isWoman ? country.Women : country.Men));
        var title = country.Titles[(place + dice.Next(2) * 4) % country.Titles.Count];
        var contact = new Contact
        {
            FamilyName = family.Text,
            GivenName = given.Text,
            Pronunciation = country.IsEastAsian ? $"{Capital(family.Latin)} {Capital(given.Latin)}" : null,
            Salutation = country.Salutations.Count == 2 && dice.Chance(60) ? country.Salutations[isWoman ? 0 : 1] : null,
            JobTitle = title.Title,
            Department = title.Department,
            Role = place == 0 || dice.Chance(70) ? title.Role : null,
            Language = country.Language,
            Country = country.Code,
            City = dice.Chance(25) ? customer.City : null,
            Birthday = dice.Chance(12) ? new(dice.Between(1962, 2000), dice.Between(1, 12), dice.Between(1, 28)) : null,
            DoNotCall = dice.Chance(4),
        };
        Reach(contact, country, Domain(customer), $"{given.Latin}.{family.Latin}", $"{family.Latin}{given.Latin}", dice);
        return contact;
    }

    private static void Reach(Contact contact, DemoCountry country, string? domain, string western, string chinese, Dice dice)
    {
        if (domain is not null && dice.Chance(86))
            contact.Email = $"{(country.IsChinese ? chinese : western)}@{domain}";
        if (contact.Email is not null && dice.Chance(5))
            contact.EmailState = dice.OneOf(EmailState.Invalid, EmailState.OptedOut);
        if (dice.Chance(72))
            (contact.Mobile, contact.MobileE164) = CustomerMaker.Phone(country.Mobile, dice);
        if (dice.Chance(30))
            (contact.Phone, contact.PhoneE164) = CustomerMaker.Phone(dice.Pick(country.Cities).Phone, dice);
        contact.PreferredChannel = !dice.Chance(35) ? null : country.IsChinese ? Channel.WeCom : dice.OneOf(Channel.Email, Channel.Phone);
    }

    private static string? Domain(Customer customer) => customer.Website is { } site ? WebAddress.Domain(site) : customer.Email is { } mail ? WebAddress.Domain(mail) : null;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
