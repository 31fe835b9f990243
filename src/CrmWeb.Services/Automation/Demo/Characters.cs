using System.Text.Json;
using System.Text.Json.Serialization;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>The customers of the demo firm that people get to know by name: written down one by one, their older history made up like everybody's.</summary>
internal sealed class Characters(IPastWriter writer, DemoStaff staff, DemoDays days)
{
    private const int WrittenDays = 22;
    private static readonly JsonSerializerOptions Reading = new() { PropertyNameCaseInsensitive = true, Converters = { new JsonStringEnumConverter() } };
    private readonly Dictionary<string, long> told = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Tell(long seed)
    {
        using var file = DemoFile.Stream("characters.json");
        foreach (var (character, place) in JsonSerializer.Deserialize<List<Character>>(file, Reading)!.Select((c, i) => (c, i)))
            Tell(character, Dice.For(seed, -1 - place));
        return told.Keys;
    }

    private void Tell(Character character, Dice dice)
    {
        var story = Enter(character, dice);
        foreach (var person in character.People)
            Hire(story, character, person);
        Live(story, character);
        new HistoryMaker(writer, staff, days).Tell(story, Depth.Full, days.Today.AddDays(-WrittenDays));
        foreach (var touch in character.History)
            Add(story, touch);
        foreach (var step in character.Open)
            Add(story, step);
        told[character.Name] = story.Customer.Id;
    }

    private Story Enter(Character c, Dice dice)
    {
        var (country, owner) = (DemoCountry.Of(c.Country), staff.Named(c.Owner));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(c.Zone ?? country.Zone);
        var entered = c.Since switch
        {
            > 0 => DemoDays.WorkDay(new(c.Since.Value, dice.Between(2, 8), dice.Between(3, 25)), forward: true),
            < 0 => days.Today.AddDays(c.Since.Value),
            _ => days.Today.AddDays(-130),
        };
        entered = entered < days.Today ? entered : days.Today.AddDays(-200);
        var story = new Story(Filled(c, country, zone), country, zone, dice)
        {
            Entered = entered,
            EnteredAt = days.Past(entered, zone, dice),
            Seller = owner,
            Life = Life(c, entered),
        };
        writer.Add(story.Customer, story.EnteredAt, owner.Id);
        story.Customer.Assign(owner.Id, owner.TeamId);
        return story;
    }

    private Customer Filled(Character c, DemoCountry country, TimeZoneInfo zone) => new()
    {
        Name = c.Name,
        LegalName = c.Legal,
        OtherName = c.Other,
        ParentId = c.Parent is null ? null : told[c.Parent],
        Country = c.Country,
        City = c.City,
        Region = c.Region,
        District = c.District,
        PostalCode = c.Postal,
        Street = c.Street,
        Phone = c.Phone,
        PhoneE164 = c.Phone.Replace(" ", "", StringComparison.Ordinal),
        Website = $"https://{c.Site}.example",
        Email = $"info@{c.Site}.example",
        Industry = c.Industry,
        Employees = c.Employees,
        AnnualRevenue = c.Revenue,
        Currency = c.Currency,
        TaxNumber = c.Tax,
        InvoiceTitle = c.Invoice,
        PaymentTermsDays = country.Terms,
        FoundedYear = c.Founded,
        Rating = c.Rating,
        ServiceLevel = c.Level,
        Tags = c.Tags,
        Source = c.Source,
        ContactRule = c.Rule,
        Language = c.Language,
        PreferredChannel = c.Channel,
        TimeZone = zone.Id,
        Territory = country.Territory,
        Description = c.About,
    };

    private IReadOnlyList<LifeStep> Life(Character c, DateOnly entered)
    {
        if (c.Life == Lifecycle.Prospect)
            return [];
        var first = entered.AddDays(c.Since < 0 ? 10 : 75);
        var active = new LifeStep(Lifecycle.Active, first < days.Today ? first : days.Today, c.Since < 0 ? "First order signed" : "");
        return c.Life == Lifecycle.Active ? [active] : [active, new(c.Life, days.Today.AddDays(-c.LifeDays), c.Reason!)];
    }

    private void Live(Story story, Character c)
    {
        foreach (var step in story.Life)
            StoryTeller.Log(writer, story.Customer, step, days.Past(step.On, new TimeOnly(10, 40), story.Zone), staff.Named(c.Owner).Id);
    }

    private void Hire(Story story, Character c, CharacterPerson p)
    {
        var mail = p.Mail ?? (c.Country == "CN" ? Word.Latinize(p.Family + p.Given) : $"{Word.Latinize(p.Given)}.{Word.Latinize(p.Family)}");
        var contact = new Contact
        {
            FamilyName = p.Family,
            GivenName = p.Given,
            Pronunciation = p.Says,
            JobTitle = p.Title,
            Department = p.Department,
            Role = p.Role,
            Email = $"{mail}@{c.Site}.example",
            Country = c.Country,
            Language = p.Language ?? c.Language,
            DoNotCall = p.DoNotCall,
        };
        (contact.Mobile, contact.MobileE164) = CustomerMaker.Phone(story.Country.Mobile, story.Dice);
        writer.Add(contact, story.EnteredAt, story.Seller.Id);
        writer.AddPart(contact.WorkFor(story.Customer.Id, story.Entered, current: null)!);
        story.People.Add(contact);
        Ties.Ask(writer, story, contact, days, Depth.Full);
    }

    private void Add(Story story, CharacterTouch t)
    {
        var (who, start) = (staff.Named(t.By).Id, days.Past(days.Today.AddDays(-t.Days), t.Time, story.Zone));
        var end = start.AddMinutes(t.Minutes ?? 0) is var planned && planned < days.Now ? planned : days.Now;
        var touch = new Activity
        {
            Kind = t.Kind,
            Subject = t.Subject,
            Body = t.Body,
            CustomerId = story.Customer.Id,
            ContactId = story.People.Find(p => p.GivenName == t.With)?.Id,
            AssigneeId = who,
            StartAt = start,
            EndAt = t.Minutes is null ? null : end,
            DurationMinutes = t.Minutes,
            Direction = t.Kind is ActivityKind.Call or ActivityKind.Email ? t.Incoming ? Direction.Incoming : Direction.Outgoing : null,
            Outcome = t.Kind == ActivityKind.Call ? ActivityOutcome.Reached : null,
            Mood = t.Mood,
        };
        writer.Add(touch, end, who);
        touch.Complete(end);
    }

    private void Add(Story story, CharacterStep s)
    {
        var (who, on) = (staff.Named(s.By).Id, s.Due > 0 ? DemoDays.WorkDay(days.Today.AddDays(s.Due), forward: true) : days.Today.AddDays(s.Due));
        var step = new Activity
        {
            Kind = s.Kind,
            Subject = s.Subject,
            CustomerId = story.Customer.Id,
            ContactId = story.People.Count > 0 ? story.People[0].Id : null,
            AssigneeId = who,
            DueOn = on,
            StartAt = s.Time is { } time ? DemoDays.Utc(on.ToDateTime(time), story.Zone) : null,
            IsPromise = s.Promise,
        };
        var at = days.Past(days.Today.AddDays(-6), new TimeOnly(15, 30), story.Zone);
        writer.Add(step, at, who);
        step.SetStatus(s.Kind == ActivityKind.Task ? ActivityStatus.NotStarted : ActivityStatus.Planned, at);
    }
}
