using CrmWeb.DataTests.Common;
using CrmWeb.Web.Automation.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmWeb.DataTests.Automation;

/// <summary>A process of ours that does background work.</summary>
internal sealed class Worker(JobHost host) : IAsyncDisposable
{
    public static async Task<Worker> StartAsync(TestDatabase database)
    {
        var host = new JobHost(database.Another().GetRequiredService<IServiceScopeFactory>(), database.Clock, NullLogger<JobHost>.Instance);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
