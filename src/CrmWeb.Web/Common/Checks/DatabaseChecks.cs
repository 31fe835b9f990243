using CrmWeb.Services.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>Whether the database is reached and fits this version.</summary>
internal sealed class DatabaseCheck(IDatabaseState database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.FitAsync(cancellationToken) is { Reason: { } reason } ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy("Reached, and up to date.");
}

/// <summary>Whether what the database holds is whole.</summary>
internal sealed class IntegrityCheck(IDatabaseState database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => database.WhenPresentAsync(async () =>
        await database.DamageAsync(cancellationToken) is { } damage ? HealthCheckResult.Unhealthy(damage) : HealthCheckResult.Healthy("No damage was found."), cancellationToken);
}

internal static class DatabasePresence
{
    /// <summary>What asks the database is not asked where there is none: asking would make an empty one.</summary>
    public static async Task<HealthCheckResult> WhenPresentAsync(this IDatabaseState database, Func<Task<HealthCheckResult>> check, CancellationToken ct) =>
        (await database.FitAsync(ct)).Reason is null ? await check() : HealthCheckResult.Degraded("Not looked at: see the database.");
}
