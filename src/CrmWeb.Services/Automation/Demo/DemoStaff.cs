namespace CrmWeb.Services.Automation;

/// <summary>What a colleague does in the demo firm.</summary>
internal enum DemoJob { Leads, Sells, Markets, Serves, Visits }

/// <summary>A colleague as far as made-up customers need him.</summary>
/// <param name="Countries">Countries he looks after; empty for all.</param>
internal sealed record Colleague(long Id, string Name, DemoJob Job, long? TeamId, IReadOnlyList<string> Countries)
{
    public bool IsFor(string country) => Countries.Count == 0 || Countries.Contains(country);
}

/// <summary>Who does what with which customer.</summary>
internal sealed class DemoStaff(IReadOnlyList<Colleague> colleagues)
{
    private readonly Dictionary<(DemoJob, string), List<Colleague>> known = [];

    public Colleague Named(string name) => colleagues.Single(c => c.Name == name);

    /// <summary>Who looks after customers of a country.</summary>
    public Colleague Seller(string country, Dice dice) => dice.Pick(For(DemoJob.Sells, country));

    /// <summary>Who does a touch: mostly the owner where it is about selling, service and marketing where it is theirs.</summary>
    /// <param name="role">s, v, m or f, as in the texts; l for the head of sales.</param>
    public long Doer(char role, string country, long owner, Dice dice) => role switch
    {
        'l' => dice.Pick(For(DemoJob.Leads, country)).Id,
        'v' => dice.Pick(For(DemoJob.Serves, country)).Id,
        'm' => dice.Pick(For(DemoJob.Markets, country)).Id,
        'f' => dice.Pick(For(DemoJob.Visits, country)).Id,
        _ => owner,
    };

    private List<Colleague> For(DemoJob job, string country)
    {
        if (!known.TryGetValue((job, country), out var found))
        {
            var near = colleagues.Where(c => c.Job == job && c.Countries.Contains(country)).ToList();
            var any = near.Count > 0 ? near : [.. colleagues.Where(c => c.Job == job && c.Countries.Count == 0)];
            known[(job, country)] = found = any.Count > 0 ? any : [.. colleagues];
        }
        return found;
    }
}
