using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>Makes up customers one after another, each with its people, life and history, and hands them to the writer.</summary>
internal sealed class StoryTeller(IPastWriter writer, DemoStaff staff, DemoDays days, Depth depth, IEnumerable<string> taken)
{
    private readonly CustomerMaker customers = new(days);
    private readonly LifeMaker lives = new(days);
    private readonly HistoryMaker histories = new(writer, staff, days);
    private readonly HashSet<string> names = new(taken, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Known> latest = new(StringComparer.Ordinal);

    /// <param name="index">The same seed and index always give the same customer.</param>
    public void Tell(long seed, long index)
    {
        var dice = Dice.For(seed, index);
        var country = DemoCountry.Pick(dice);
        var kin = latest.TryGetValue(country.Code, out var known) && dice.Chance(9) ? known : null;
        var customer = Make(country, index, kin, dice);
        var story = Enter(customer, country, dice);
        Live(story);
        Employ(story);
        Tie(story, known);
        histories.Tell(story, depth, days.Today);
        histories.Plan(story);
        if (kin is null && customer.Kind == CustomerKind.Organisation)
            latest[country.Code] = new(customer.Id, country.Stems.FirstOrDefault(s => customer.Name.Contains(s.Text, StringComparison.Ordinal)));
    }

    private Customer Make(DemoCountry country, long index, Known? kin, Dice dice)
    {
        Customer customer;
        do
        {
            customer = customers.Make(country, depth == Depth.Light ? Mark(index) : null, kin is { Stem.Text: not null } ? kin.Stem : null, dice);
        }
        while (depth == Depth.Full && !names.Add(customer.Name)); // a few hundred names are read as a list; among a million there are namesakes
        customer.ParentId = kin is { Stem.Text: not null } && customer.Kind == CustomerKind.Organisation ? kin.Id : null;
        return customer;
    }

    private Story Enter(Customer customer, DemoCountry country, Dice dice)
    {
        var (entered, zone) = (lives.Entered(dice), TimeZoneInfo.FindSystemTimeZoneById(customer.TimeZone!));
        var story = new Story(customer, country, zone, dice)
        {
            Entered = entered,
            EnteredAt = days.Past(entered, zone, dice),
            Seller = staff.Seller(country.Code, dice),
            Life = lives.Steps(entered, Talk.Of(country.Language), dice),
        };
        writer.Add(customer, story.EnteredAt, story.Seller.Id);
        if (!dice.Chance(5)) // the others wait in the pool for someone to take them up
            customer.Assign(story.Seller.Id, story.Seller.TeamId);
        return story;
    }

    private void Live(Story story)
    {
        var at = story.EnteredAt;
        foreach (var step in story.Life)
        {
            var moment = days.Past(step.On, story.Zone, story.Dice);
            at = moment > at ? moment : at.AddMinutes(5) < days.Now ? at.AddMinutes(5) : days.Now;
            Log(writer, story.Customer, step, at, story.Seller.Id);
        }
    }

    /// <summary>A move, with everything that logs it.</summary>
    internal static void Log(IPastWriter writer, Customer customer, LifeStep step, DateTime at, long by)
    {
        var move = customer.Move(step.To, step.Reason, at, by);
        writer.AddPart(move);
        writer.AddEdit(customer, nameof(Customer.Lifecycle), move.From, move.To, at, by);
    }

    private void Employ(Story story)
    {
        var (dice, people) = (story.Dice, story.Customer.Kind == CustomerKind.Person ? 0 : depth == Depth.Light ? story.Dice.Between(1, 3) : 0);
        if (story.Customer.Kind == CustomerKind.Organisation && depth == Depth.Full)
            people = story.Customer.Rating switch { CustomerRating.A => dice.Between(3, 6), CustomerRating.B => dice.Between(2, 4), _ => dice.Between(1, 2) };
        for (var place = 0; place < people; place++)
        {
            var contact = PeopleMaker.Make(story.Customer, story.Country, place, dice);
            var at = place < 2 || story.Entered > days.Today.AddDays(-90) ? story.EnteredAt : days.Past(story.Entered.AddDays(dice.Next(days.Today.DayNumber - story.Entered.DayNumber)), story.Zone, dice);
            Hire(story, contact, at > story.EnteredAt ? at : story.EnteredAt);
        }
    }

    private void Hire(Story story, Contact contact, DateTime at)
    {
        writer.Add(contact, at, story.Seller.Id);
        var since = DateOnly.FromDateTime(at);
        ContactLink? before = null;
        if (latest.TryGetValue(story.Country.Code, out var other) && story.Dice.Chance(4))
        {
            before = contact.WorkFor(other.Id, since.AddDays(-story.Dice.Between(200, 1_500)), current: null)!; // came from there
            writer.AddPart(before);
        }
        writer.AddPart(contact.WorkFor(story.Customer.Id, since, before)!);
        contact.ReportsToId = story.People.Count > 0 && story.Dice.Chance(35) ? story.People[0].Id : null;
        story.People.Add(contact);
    }

    private void Tie(Story story, Known? other)
    {
        foreach (var contact in story.People)
            Ties.Ask(writer, story, contact, days, depth);
        if (other is not null && story.Customer.ParentId is null && story.Dice.Chance(depth == Depth.Full ? 9 : 4))
            Ties.Relate(writer, story, other.Id);
        if (story.People.Count > 2 && story.Dice.Chance(25))
            Ties.Influence(writer, story);
    }

    /// <summary>Short, the same for the same index, and different for every other.</summary>
    private static string Mark(long index)
    {
        const string digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var mark = "";
        for (var rest = index; rest > 0 || mark.Length == 0; rest /= digits.Length)
            mark = digits[(int)(rest % digits.Length)] + mark;
        return mark;
    }

    /// <summary>The customer of a country that was told before.</summary>
    private sealed record Known(long Id, Word Stem);
}
