using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Verbs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>What the product knows about its own state: asked on the command line by <c>check</c>, and by load balancers and watchers at two addresses.</summary>
internal static class CheckServices
{
    /// <summary>Those that decide whether requests are sent here.</summary>
    public const string Ready = "ready";

    /// <summary>Those about the running process, which a command is not.</summary>
    public const string OfProcess = "process";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddChecks(this IServiceCollection services)
    {
        services.AddSingleton<ReadyState>().AddSingleton<IVerb, CheckVerb>();
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready], timeout: Patience)
            .AddCheck<JobHostCheck>("worker", tags: [Ready, OfProcess])
            .AddCheck<IntegrityCheck>("integrity")
            .AddCheck<JobsCheck>("jobs")
            .AddCheck<WorkCheck>("work")
            .AddCheck<OutboxCheck>("outbox")
            .AddCheck<MailCheck>("mail")
            .AddCheck<KeysCheck>("keys")
            .AddCheck<FilesCheck>("files")
            .AddCheck<DiskCheck>("disk");
        return services;
    }

    /// <summary>Open to all, cheap, and without a word about what is inside. They end before anybody is asked who he is, so that the first one needs no database.</summary>
    public static WebApplication MapChecks(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync }).Declare();
        app.MapGet("/health/ready", async (HttpContext http, ReadyState state) =>
        {
            var report = await state.ReadAsync(http.RequestAborted);
            http.Response.StatusCode = report.Status == HealthStatus.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await WriteAsync(http, report);
        }).Declare();
        return app;
    }

    public static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "warning",
        _ => "error",
    };

    private static void Declare(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new PublicAttribute(), new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head])).ShortCircuit();

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(new { status = Word(report.Status), checks = report.Entries.ToDictionary(e => e.Key, e => Word(e.Value.Status), StringComparer.Ordinal) }, http.RequestAborted);
    }
}

/// <summary>Whether requests can be served, looked up at most once a second however many ask.</summary>
internal sealed class ReadyState(HealthCheckService checks, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim one = new(1, 1);
    private (long At, HealthReport Report)? last;

    public async Task<HealthReport> ReadAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (last is not { } known || clock.GetElapsedTime(known.At) >= Holds)
                last = known = (clock.GetTimestamp(), await checks.CheckHealthAsync(c => c.Tags.Contains(CheckServices.Ready), ct));
            return known.Report;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
