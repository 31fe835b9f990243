using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>When a customer came, and how it moved through its life since.</summary>
internal sealed class LifeMaker(DemoDays days)
{
    /// <summary>The day it was entered: years ago, within the last eighteen months, or just now.</summary>
    public DateOnly Entered(Dice dice) => DemoDays.WorkDay(days.Today.AddDays(-(dice.Next(100) switch
    {
        < 52 => dice.Between(550, 2_900),
        < 88 => dice.Between(60, 549),
        _ => dice.Between(0, 59),
    })), forward: false);

    /// <summary>A life that fits the time there was.</summary>
    public IReadOnlyList<LifeStep> Steps(DateOnly entered, Talk talk, Dice dice)
    {
        var age = days.Today.DayNumber - entered.DayNumber;
        if (age < 60)
            return dice.Chance(85) || age < 5 ? [] : [Step(Lifecycle.Active, age / 2, talk, dice)];

        var (first, kind) = (Step(Lifecycle.Active, age - Math.Min(age / 2, dice.Between(15, 160)), talk, dice), dice.Next(100));
        var late = Math.Min(age / 3, dice.Between(8, 130));
        return kind switch
        {
            < 22 when age < 700 || kind < 9 => [],
            < 72 => [first],
            < 83 => [first, Step(Lifecycle.AtRisk, late, talk, dice)],
            < 87 => [Step(Lifecycle.Lost, late, talk, dice)],
            < 94 => [first, Step(Lifecycle.Lost, late, talk, dice)],
            _ => [first, Step(Lifecycle.Lost, age / 3, talk, dice), Step(Lifecycle.WonBack, age / 6, talk, dice)],
        };
    }

    /// <summary>The state on a day.</summary>
    public static Lifecycle On(DateOnly day, IReadOnlyList<LifeStep> steps)
    {
        var state = Lifecycle.Prospect;
        foreach (var step in steps)
        {
            if (step.On <= day)
                state = step.To;
        }
        return state;
    }

    private LifeStep Step(Lifecycle to, int daysAgo, Talk talk, Dice dice) =>
        new(to, DemoDays.WorkDay(days.Today.AddDays(-daysAgo), forward: false), dice.Pick(talk.Reasons(to)));
}

/// <summary>One move of a customer's life.</summary>
internal sealed record LifeStep(Lifecycle To, DateOnly On, string Reason);
