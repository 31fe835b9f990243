using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>Makes up what was done with a customer, what was promised, and what is still to do.</summary>
internal sealed class HistoryMaker(IPastWriter writer, DemoStaff staff, DemoDays days)
{
    /// <summary>How far back activities go, in days: eighteen months.</summary>
    private const int Longest = 548;

    /// <param name="until">Last day; what came later is told elsewhere. Up to today, some have not been heard of for a while.</param>
    public void Tell(Story story, Depth depth, DateOnly until)
    {
        var (dice, touches, offset) = (story.Dice, 0, story.Dice.Next(50));
        foreach (var day in depth == Depth.Full ? Regularly(story, until) : Sometimes(story, until))
        {
            var life = LifeMaker.On(day, story.Life);
            var topics = story.Talk.Topics(life);
            if (life != Lifecycle.Lost || dice.Chance(20))
                Touch(story, topics[(offset + touches++ * (topics.Count % 7 == 0 ? 5 : 7)) % topics.Count], day, depth);
        }
    }

    /// <summary>What is planned next, if anything.</summary>
    public void Plan(Story story)
    {
        var dice = story.Dice;
        if (story.Customer.Lifecycle == Lifecycle.Lost || !dice.Chance(54))
            return;

        var kind = dice.OneOf(ActivityKind.Task, ActivityKind.Call, ActivityKind.Call, ActivityKind.Meeting, ActivityKind.Visit);
        var day = DemoDays.WorkDay(days.Today.AddDays(dice.Chance(9) ? -dice.Between(1, 12) : dice.Between(0, 30)), forward: true);
        var step = new Activity
        {
            Kind = kind,
            Subject = story.Filled(dice.Pick(story.Talk.Tasks), contact: null, day),
            CustomerId = story.Customer.Id,
            ContactId = Someone(story)?.Id,
            AssigneeId = staff.Doer(kind == ActivityKind.Visit ? 'f' : IsForTheHead(story, kind) ? 'l' : 's', story.Country.Code, story.Seller.Id, dice),
            DueOn = day,
            StartAt = kind == ActivityKind.Task ? null : DemoDays.Future(day, story.Zone, dice),
            Place = kind == ActivityKind.Visit ? story.Customer.City : null,
            Reminders = kind != ActivityKind.Task && dice.Chance(30) ? [60] : [],
            Priority = Priority(dice),
        };
        var at = After(story.EnteredAt, days.Past(days.Today.AddDays(-dice.Between(1, 14)), story.Zone, dice));
        writer.Add(step, at, step.AssigneeId.Value);
        step.SetStatus(kind == ActivityKind.Task ? ActivityStatus.NotStarted : ActivityStatus.Planned, at);
    }

    /// <summary>The head of sales speaks with the largest himself.</summary>
    private static bool IsForTheHead(Story story, ActivityKind kind) =>
        story.Customer.Rating == CustomerRating.A && (kind is ActivityKind.Call or ActivityKind.Meeting) && story.Dice.Chance(50);

    private IEnumerable<DateOnly> Regularly(Story story, DateOnly until)
    {
        var (dice, gap) = (story.Dice, story.Customer.Rating switch { CustomerRating.A => 13, CustomerRating.B => 24, CustomerRating.C => 44, _ => 65 });
        var last = until == days.Today && dice.Chance(16) ? Earlier(until, days.Today.AddDays(-dice.Between(45, 200))) : until;
        for (var day = First(story).AddDays(dice.Between(0, gap)); day <= last; day = day.AddDays(dice.Between(gap / 2, gap * 3 / 2)))
            yield return day;
    }

    private IEnumerable<DateOnly> Sometimes(Story story, DateOnly until)
    {
        var (dice, first) = (story.Dice, First(story));
        var span = until.DayNumber - first.DayNumber;
        return [.. Enumerable.Range(0, dice.Between(2, 5)).Select(_ => first.AddDays(dice.Next(Math.Max(1, span)))).Order()];
    }

    private void Touch(Story story, Topic topic, DateOnly day, Depth depth)
    {
        var (dice, contact) = (story.Dice, Someone(story));
        var who = staff.Doer(topic.Role, story.Country.Code, story.Seller.Id, dice);
        var minutes = topic.Kind switch { "call" or "callin" => dice.Between(4, 35), "meet" => dice.OneOf(30, 45, 60, 90), "visit" => dice.Between(6, 20) * 15, _ => 0 };
        var start = After(story.EnteredAt, days.Past(day, story.Zone, dice).AddMinutes(-minutes));
        minutes = Math.Min(minutes, (int)(days.Now - start).TotalMinutes); // who was entered minutes ago was not talked to for an hour
        var missed = topic.Kind == "call" && dice.Chance(8);
        var touch = new Activity
        {
            Kind = KindOf(topic.Kind),
            Subject = story.Filled(topic.Subject, contact, day),
            Body = missed || topic.Body is null ? null : story.Filled(topic.Body, contact, day),
            CustomerId = story.Customer.Id,
            ContactId = contact?.Id,
            AssigneeId = who,
            StartAt = topic.Kind == "note" ? null : start,
            EndAt = minutes > 0 ? start.AddMinutes(minutes) : null,
            DurationMinutes = minutes > 0 ? minutes : null,
            Direction = topic.Kind switch { "callin" or "mailin" => Direction.Incoming, "call" or "mailout" => Direction.Outgoing, _ => null },
            Outcome = topic.Kind is not ("call" or "callin") ? null : missed ? dice.OneOf(ActivityOutcome.LeftMessage, ActivityOutcome.NoAnswer) : ActivityOutcome.Reached,
            Mood = missed ? null : topic.Mood,
            Place = topic.Kind is "visit" or "meet" && dice.Chance(70) ? story.Customer.City : null,
            Participants = topic.Kind == "meet" && contact is not null ? [new(contact.Id, null, ParticipantResponse.Accepted), new(null, who, ParticipantResponse.Accepted)] : [],
        };
        var end = start.AddMinutes(minutes);
        writer.Add(touch, end, who);
        touch.Complete(end);
        if (topic.Next is not null && !missed && dice.Chance(depth == Depth.Full ? 48 : 38))
            FollowUp(story, topic, contact, who, end);
    }

    /// <summary>A task that came out of a touch: done in time, late, or still open.</summary>
    private void FollowUp(Story story, Topic topic, Contact? contact, long who, DateTime at)
    {
        var (dice, day) = (story.Dice, DateOnly.FromDateTime(at));
        var pledge = dice.Chance(24) ? story.Talk.Promises.FirstOrDefault(p => p.Role == topic.Role) : null;
        var due = DemoDays.WorkDay(day.AddDays(dice.Between(2, 15)), forward: true);
        var task = new Activity
        {
            Kind = ActivityKind.Task,
            Subject = story.Filled(pledge?.Text ?? topic.Next!, contact, day),
            CustomerId = story.Customer.Id,
            ContactId = contact?.Id,
            AssigneeId = who,
            DueOn = due,
            IsPromise = pledge is not null,
            Priority = Priority(dice),
        };
        writer.Add(task, at, who);

        var done = dice.Next(100) switch { < 78 => due.AddDays(-dice.Next(3)), < 95 => due.AddDays(dice.Between(1, 7)), _ => days.Today.AddDays(1) };
        if (done <= days.Today)
            task.SetStatus(pledge is null && dice.Chance(4) ? ActivityStatus.Cancelled : ActivityStatus.Done, After(at, days.Past(done < day ? day : done, story.Zone, dice)));
        else if (due.AddDays(60) < days.Today)
            task.SetStatus(ActivityStatus.Done, After(at, days.Past(due.AddDays(12), story.Zone, dice)));
        else
            task.SetStatus(dice.Next(12) switch { 0 => ActivityStatus.InProgress, 1 => ActivityStatus.Deferred, _ => ActivityStatus.NotStarted }, at);
    }

    private DateOnly First(Story story) => story.Entered > days.Today.AddDays(-Longest) ? story.Entered : days.Today.AddDays(-Longest);

    private static Contact? Someone(Story story) => story.People.Count == 0 ? null : story.People[story.Dice.Chance(55) ? 0 : story.Dice.Next(story.People.Count)];

    private static ActivityPriority Priority(Dice dice) => dice.Next(10) switch { 0 => ActivityPriority.High, 1 => ActivityPriority.Low, _ => ActivityPriority.Normal };

    /// <summary>Nothing happens before the customer was entered, and nothing later than now.</summary>
    private DateTime After(DateTime before, DateTime at) => at > before ? at : before < days.Now.AddMinutes(-2) ? before.AddMinutes(1) : before;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    internal static ActivityKind KindOf(string kind) => kind switch
    {
        "call" or "callin" => ActivityKind.Call,
        "mailin" or "mailout" => ActivityKind.Email,
        "meet" => ActivityKind.Meeting,
        "visit" => ActivityKind.Visit,
        "note" => ActivityKind.Note,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such touch."),
    };
}
