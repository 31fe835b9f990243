using System.Diagnostics;
using System.Globalization;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Automation.Demo;

/// <summary>Founds the demo company at the first start with <c>--demo</c>.</summary>
public static class DemoStart
{
    private const long Seed = 2026;

    extension(IServiceProvider services)
    {
        /// <summary>Does nothing outside the demo, and nothing when the company is there.</summary>
        public async Task FoundDemoCompanyAsync(TextWriter output, CancellationToken ct)
        {
            if (!services.GetRequiredService<SiteOptions>().IsDemo)
                return;

            var watch = Stopwatch.StartNew();
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("start");
            if (await scope.ServiceProvider.GetRequiredService<IDemoCompany>().FoundAsync(Seed, ct) is { } customers)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Founded the demo company with {customers} customers in {watch.Elapsed.TotalSeconds:0.0} s."));
            await output.WriteLineAsync($"Sign in with the password {DemoSignIns.Password} as {string.Join(", ", DemoSignIns.Emails)}.");
        }
    }
}
