using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>Where a customer stands in its life with us.</summary>
public enum Lifecycle { Prospect, Active, AtRisk, Lost, WonBack }

/// <summary>One logged step of a customer's life.</summary>
public sealed class LifecycleMove(long customerId, Lifecycle from, Lifecycle to, DateTime at, long? byId, string? reason)
{
    public long Id { get; private set; }
    public long CustomerId { get; private set; } = customerId;
    public Lifecycle From { get; private set; } = from;
    public Lifecycle To { get; private set; } = to;
    /// <summary>UTC.</summary>
    public DateTime At { get; private set; } = at;
    public long? ById { get; private set; } = byId;
    [MaxLength(300)]
    public string? Reason { get; private set; } = reason;
}

/// <summary>Which steps there are.</summary>
public static class LifecycleRules
{
    private static readonly Dictionary<Lifecycle, Lifecycle[]> Forward = new()
    {
        [Lifecycle.Prospect] = [Lifecycle.Active, Lifecycle.Lost],
        [Lifecycle.Active] = [Lifecycle.AtRisk, Lifecycle.Lost],
        [Lifecycle.AtRisk] = [Lifecycle.Active, Lifecycle.Lost],
        [Lifecycle.Lost] = [Lifecycle.WonBack],
        [Lifecycle.WonBack] = [Lifecycle.Active, Lifecycle.AtRisk, Lifecycle.Lost],
    };

    private static readonly Dictionary<Lifecycle, Lifecycle[]> Back = new()
    {
        [Lifecycle.Active] = [Lifecycle.Prospect],
        [Lifecycle.Lost] = [Lifecycle.Prospect, Lifecycle.Active],
    };

    /// <summary>The states a customer can go to from here, those that need a reason last.</summary>
    public static IEnumerable<Lifecycle> Next(Lifecycle from) => [.. Forward[from], .. Back.GetValueOrDefault(from, [])];

    /// <summary>Whether the step undoes an earlier one, or gives the customer up: both want a reason.</summary>
    public static bool NeedsReason(Lifecycle from, Lifecycle to) => to == Lifecycle.Lost || Back.GetValueOrDefault(from, []).Contains(to);

    public static IEnumerable<Broken> Check(Lifecycle from, Lifecycle to, string? reason)
    {
        if (!Next(from).Contains(to))
            yield return new("Customer.NoSuchMove", nameof(Customer.Lifecycle), from, to);
        else if (NeedsReason(from, to) && string.IsNullOrWhiteSpace(reason))
            yield return new("Customer.MoveNeedsReason", "Reason");
        if (reason?.Length > 300)
            yield return new("Error.TooLong", "Reason", 300);
    }
}
