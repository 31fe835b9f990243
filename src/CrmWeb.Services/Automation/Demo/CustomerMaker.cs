using System.Globalization;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>Makes up firms, and now and then a person, as customers: name, place, size, terms.</summary>
internal sealed class CustomerMaker(DemoDays days)
{
    private static readonly Dictionary<string, decimal> EuroIn = new(StringComparer.Ordinal) { ["EUR"] = 1, ["SEK"] = 11, ["GBP"] = 0.86m, ["USD"] = 1.1m, ["CNY"] = 7.8m, ["JPY"] = 165 };
    private static readonly string[] Tags = ["key account", "reference", "automation", "framework agreement", "service contract", "export", "spring workshop", "clean room"];
    private static readonly string[] ChineseTags = ["重点客户", "标杆客户", "称重", "年度框架", "维保", "出口", "研讨会"];
    private static readonly string[] Sources = ["Fair", "Referral", "Web form", "Tender", "Cold call", "Partner"], ChineseSources = ["展会", "客户推荐", "官网", "招标", "电话"];

    /// <param name="mark">Put into addresses of the net so that they stay apart among very many; null where few are made.</param>
    /// <param name="kin">A firm that this one belongs to, whose name it takes up; null for one of its own.</param>
    public Customer Make(DemoCountry country, string? mark, Word? kin, Dice dice)
    {
        var (city, line, stem) = (dice.Pick(country.Cities), dice.Pick(country.Lines), kin ?? dice.Pick(country.Stems));
        var isPerson = kin is null && dice.Chance(3);
        var customer = new Customer { Kind = isPerson ? CustomerKind.Person : CustomerKind.Organisation, Country = country.Code };
        var site = isPerson ? Person(customer, country, dice) : Firm(customer, country, city, line, stem, dice);
        Place(customer, country, city, dice);
        Reach(customer, $"{site}{(mark is null ? "" : $"-{mark}")}.example", country, city, dice);
        Terms(customer, country, isPerson, dice);
        More(customer, country, dice);
        return customer;
    }

    private static string Person(Customer customer, DemoCountry country, Dice dice)
    {
        var (family, given) = (dice.Pick(country.Families), dice.Chance(50) ? dice.Pick(country.Women) : dice.Pick(country.Men));
        (customer.Name, customer.Industry) = (PersonName.Display(family.Text, given.Text), "Consulting");
        return $"{given.Latin}-{family.Latin}";
    }

    private static string Firm(Customer customer, DemoCountry country, DemoCity city, DemoLine line, Word stem, Dice dice)
    {
        var (family, second) = (dice.Pick(country.Families), dice.Pick(country.Families));
        var form = dice.Pick(country.Forms).Split('|');
        string Filled(string pattern) => pattern.Replace("{stem}", stem.Text, StringComparison.Ordinal).Replace("{line}", line.Name, StringComparison.Ordinal)
            .Replace("{family2}", second.Text, StringComparison.Ordinal).Replace("{family}", family.Text, StringComparison.Ordinal)
            .Replace("{city}", city.Name, StringComparison.Ordinal);

        (customer.Name, customer.Industry) = (Filled(form[0]), line.Industry);
        customer.LegalName = form.Length > 1 ? Filled(form[1]) : null;
        if (country.IsEastAsian)
        {
            customer.OtherName = $"{char.ToUpperInvariant(stem.Latin[0])}{stem.Latin[1..]} {line.English}";
            return $"{stem.Latin}-{Word.Latinize(line.English)}";
        }
        return string.Concat(customer.Name.Split(' ').Take(2).Select(Word.Latinize));
    }

    private static void Place(Customer customer, DemoCountry country, DemoCity city, Dice dice)
    {
        customer.Street = dice.Pick(country.Streets).Replace("{n}", dice.Between(1, 96).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        (customer.City, customer.Region, customer.PostalCode) = (city.Name, city.Region, dice.Digits(city.Postal));
        customer.District = country.Districts.Count > 0 ? dice.Pick(country.Districts) + "区" : null;
        (customer.TimeZone, customer.Language, customer.Territory) = (city.Zone.Id, country.Language, country.Territory);
        if (dice.Chance(14))
        {
            var (other, kind) = (dice.Pick(country.Cities), dice.OneOf(AddressKind.Shipping, AddressKind.Factory, AddressKind.Warehouse));
            customer.OtherAddresses = [new(kind, dice.Pick(country.Streets).Replace("{n}", "2", StringComparison.Ordinal), other.Name, other.Region, dice.Digits(other.Postal), country.Code)];
        }
    }

    private static void Reach(Customer customer, string domain, DemoCountry country, DemoCity city, Dice dice)
    {
        customer.Website = dice.Chance(85) ? $"https://{(dice.Chance(60) ? "www." : "")}{domain}" : null;
        customer.Email = dice.Chance(78) ? $"{dice.OneOf("info", "office", "contact", "sales")}@{domain}" : null;
        if (dice.Chance(93))
            (customer.Phone, customer.PhoneE164) = Phone(city.Phone, dice);
        if (dice.Chance(12))
            customer.OtherPhones = [new(Phone(city.Phone, dice).E164, country.IsChinese ? "仓库" : "Goods in")];
        if (dice.Chance(10))
            customer.OtherEmails = [new($"accounts@{domain}", country.IsChinese ? "财务" : "Accounts")];
        customer.PreferredChannel = !dice.Chance(70) ? null : country.IsChinese ? dice.OneOf(Channel.WeCom, Channel.WeCom, Channel.Phone) : dice.OneOf(Channel.Email, Channel.Email, Channel.Phone, Channel.Visit);
    }

    private static void Terms(Customer customer, DemoCountry country, bool isPerson, Dice dice)
    {
        customer.Currency = country.Currency != "EUR" && dice.Chance(20) ? "EUR" : country.Currency;
        customer.PaymentTermsDays = dice.Chance(75) ? country.Terms : dice.OneOf(10, 14, 60, 90);
        customer.TaxNumber = dice.Chance(88) ? dice.Digits(country.Tax) : null;
        if (isPerson)
            return;

        var size = dice.Next(100);
        customer.Employees = size < 35 ? dice.Between(8, 40) : size < 70 ? dice.Between(41, 200) : size < 92 ? dice.Between(201, 900) : dice.Between(901, 6_000);
        customer.AnnualRevenue = Rounded(customer.Employees.Value * dice.Between(90, 260) * 1_000m * EuroIn[customer.Currency]);
        customer.CreditLimit = dice.Chance(45) ? Rounded(customer.AnnualRevenue.Value / dice.Between(120, 400)) : null;
        customer.InvoiceTitle = country.IsChinese ? customer.Name : null;
    }

    private void More(Customer customer, DemoCountry country, Dice dice)
    {
        var (talk, tags) = (Talk.Of(country.Language), country.IsChinese ? ChineseTags : Tags);
        customer.Rating = customer.Employees switch
        {
            > 900 => CustomerRating.A,
            > 200 => dice.OneOf(CustomerRating.A, CustomerRating.B, CustomerRating.B),
            > 40 => dice.OneOf(CustomerRating.B, CustomerRating.C, CustomerRating.C),
            _ => dice.Chance(80) ? dice.OneOf(CustomerRating.C, CustomerRating.D) : null,
        };
        customer.ServiceLevel = customer.Rating is CustomerRating.A ? dice.OneOf(ServiceLevel.Gold, ServiceLevel.Silver) : dice.Chance(15) ? ServiceLevel.Silver : ServiceLevel.Standard;
        customer.FoundedYear = dice.Chance(70) ? days.Today.Year - dice.Between(4, 110) : null;
        customer.Roles = dice.Next(100) switch
        {
            < 86 => CustomerRoles.EndCustomer,
            < 93 => CustomerRoles.Distributor,
            < 97 => CustomerRoles.EndCustomer | CustomerRoles.Partner,
            _ => CustomerRoles.Supplier,
        };
        customer.Source = dice.Chance(80) ? dice.Pick(country.IsChinese ? ChineseSources : Sources) : null;
        customer.Tags = dice.Next(10) switch { < 4 => [], < 8 => [dice.Pick(tags)], _ => [.. new[] { dice.Pick(tags), dice.Pick(tags) }.Distinct(StringComparer.Ordinal)] };
        customer.ContactRule = dice.Chance(12) ? dice.Pick(talk.Rules) : null;
        customer.Description = dice.Chance(35) ? dice.Pick(talk.About) : null;
    }

    /// <summary>As people write it, and for machines.</summary>
    internal static (string Typed, string E164) Phone(string pattern, Dice dice)
    {
        var typed = dice.Digits(pattern);
        return (typed, typed.Replace(" ", "", StringComparison.Ordinal));
    }

    private static decimal Rounded(decimal amount)
    {
        var unit = (decimal)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10((double)amount)) - 2));
        return Math.Round(amount / unit) * unit;
    }
}
