using System.Globalization;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Web.Automation.Jobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>Whether this process looks for work.</summary>
internal sealed class JobHostCheck(IEnumerable<IHostedService> hosted) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(hosted.OfType<JobHost>().All(h => h.IsAlive) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}

/// <summary>Whether the scheduled jobs run when they should, and end well.</summary>
internal sealed class JobsCheck(IDatabaseState database, IEnumerable<IScheduledJob> jobs, IJobHistory history, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => database.WhenPresentAsync(async () =>
    {
        var (overdue, failed) = (new List<string>(), new List<string>());
        foreach (var job in jobs.OrderBy(j => j.Name, StringComparer.Ordinal))
        {
            if (await history.LastAsync(job.Name, cancellationToken) is not { } last)
                continue;
            if (job.NextAfter(last.DueAt) < Patience.Since(clock))
                overdue.Add(string.Create(CultureInfo.InvariantCulture, $"{job.Name} since {job.NextAfter(last.DueAt):yyyy-MM-dd HH:mm} UTC"));
            if (last.Error is { } error)
                failed.Add($"{job.Name} ({error})");
        }
        return overdue.Count > 0 ? HealthCheckResult.Degraded($"Overdue: {string.Join(", ", overdue)}. Is CrmWeb running?")
            : failed.Count > 0 ? HealthCheckResult.Degraded($"The last run failed: {string.Join(", ", failed)}. Look for the reference in the log, and run the job again under Settings, Background jobs.")
            : HealthCheckResult.Healthy("None is overdue, and none has failed.");
    }, cancellationToken);
}

/// <summary>Whether background work is done, and none was given up.</summary>
internal sealed class WorkCheck(IDatabaseState database, IJobHistory history, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => database.WhenPresentAsync(async () =>
        Patience.Judge(await history.LoadAsync(Patience.Since(clock), cancellationToken), "pieces of work", "Background jobs"), cancellationToken);
}

/// <summary>Whether mails leave.</summary>
internal sealed class OutboxCheck(IDatabaseState database, IOutboxStore outbox, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => database.WhenPresentAsync(async () =>
        Patience.Judge(await outbox.LoadAsync(Patience.Since(clock), cancellationToken), "mails", "Outbox"), cancellationToken);
}

/// <summary>What is left lying for a quarter of an hour is nobody's.</summary>
internal static class Patience
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(15);

    public static DateTime Since(TimeProvider clock) => clock.GetUtcNow().UtcDateTime - Time;

    public static HealthCheckResult Judge(WorkLoad load, string what, string page) => (load.Overdue, load.Failed) switch
    {
        ( > 0, _) => HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{load.Overdue} {what} wait for more than {Time.TotalMinutes} minutes. Is CrmWeb running?")),
        (_, > 0) => HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{load.Failed} {what} were given up. Look at them under Settings, {page}, and try again or cancel.")),
        _ => HealthCheckResult.Healthy(string.Create(CultureInfo.InvariantCulture, $"{load.Waiting} {what} wait, none was given up.")),
    };
}
