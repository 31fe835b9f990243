using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Customers;

/// <summary>The figures of customers, counted anew.</summary>
public interface IFigures
{
    /// <summary>Counts the figures of the next customers and repairs those that are wrong.</summary>
    /// <param name="after">Id of the last customer that is done; 0 at first.</param>
    /// <returns>Null when there is no further customer.</returns>
    Task<Recount?> RecountAsync(long after, int customers, CancellationToken ct);
}

/// <param name="Last">Id of the last customer that was counted.</param>
/// <param name="Repaired">Customers whose figures were wrong.</param>
public sealed record Recount(long Last, int Repaired);

/// <summary>Proves at night the figures that saves keep up by differences.</summary>
internal sealed class FiguresRecount(IFigures figures) : IScheduledJob
{
    private const int AtOnce = 500;

    public string Name => "figures";

    public string Cron => "15 2 * * *";

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (repaired, last) = (0, 0L);
        while (await figures.RecountAsync(last, AtOnce, ct) is { } counted)
            (repaired, last) = (repaired + counted.Repaired, counted.Last);
        return repaired;
    }
}
