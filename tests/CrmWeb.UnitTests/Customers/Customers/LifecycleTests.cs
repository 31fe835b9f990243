using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

/// <summary>A customer's life goes forward by its steps; back, or to its end, only with a reason.</summary>
public sealed class LifecycleTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Every step there is; one in brackets wants a reason.</summary>
    private static readonly Dictionary<Lifecycle, string> Steps = new()
    {
        [Lifecycle.Prospect] = "Active (Lost)",
        [Lifecycle.Active] = "(Prospect) AtRisk (Lost)",
        [Lifecycle.AtRisk] = "Active (Lost)",
        [Lifecycle.Lost] = "(Prospect) (Active) WonBack",
        [Lifecycle.WonBack] = "Active AtRisk (Lost)",
    };

    [Fact]
    public void There_are_these_steps_and_no_others()
    {
        foreach (var from in Enum.GetValues<Lifecycle>())
        {
            var steps = Enum.GetValues<Lifecycle>().Where(to => Says(from, to, "because") is null).Select(to => Says(from, to, null) is null ? $"{to}" : $"({to})");

            Assert.Equal((from, Steps[from]), (from, string.Join(' ', steps)));
        }
    }

    [Fact]
    public void A_step_there_is_not_leaves_the_customer_where_it_is()
    {
        var customer = new Customer { Name = "Halden" };

        Assert.Equal("Customer.NoSuchMove", Assert.Single(Assert.Throws<RuleException>(() => customer.Move(Lifecycle.WonBack, "because", Now, by: 1)).Broken).Text);
        Assert.Equal(Lifecycle.Prospect, customer.Lifecycle);
    }

    [Fact]
    public void A_step_is_logged_with_who_when_and_why()
    {
        var customer = new Customer { Name = "Halden" };

        var move = customer.Move(Lifecycle.Lost, " Went to a competitor ", Now, by: 5);

        Assert.Equal((Lifecycle.Prospect, Lifecycle.Lost, Now, 5L, "Went to a competitor"), (move.From, move.To, move.At, move.ById!.Value, move.Reason));
        Assert.Equal((Lifecycle.Lost, Now), (customer.Lifecycle, customer.LifecycleAt));
    }

    [Fact]
    public void It_is_a_customer_since_the_first_time_it_became_one()
    {
        var customer = new Customer { Name = "Halden" };
        customer.Move(Lifecycle.Active, null, Now, by: null);
        customer.Move(Lifecycle.AtRisk, null, Now.AddDays(1), by: null);
        customer.Move(Lifecycle.Active, null, Now.AddDays(2), by: null);

        Assert.Equal(Now, customer.CustomerSince);
    }

    [Fact]
    public void A_reason_has_an_end() => Assert.Equal("Error.TooLong", Says(Lifecycle.Prospect, Lifecycle.Lost, new('x', 301)));

    private static string? Says(Lifecycle from, Lifecycle to, string? reason) => LifecycleRules.Check(from, to, reason).FirstOrDefault()?.Text;
}
