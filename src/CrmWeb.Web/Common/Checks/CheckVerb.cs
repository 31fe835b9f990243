using System.Globalization;
using CrmWeb.Web.Common.Verbs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>Says in a line each how everything is that the product stands on, and what to do where it is not well.</summary>
internal sealed class CheckVerb : IVerb
{
    public string Name => "check";
    public string Usage => "check";
    public bool NeedsDatabase => false; // it is looked at as it is

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        arguments.End();
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(c => !c.Tags.Contains(CheckServices.OfProcess), ct);

        foreach (var (name, entry) in report.Entries)
            await output.WriteLineAsync($"{CheckServices.Word(entry.Status),-8} {name,-10} {entry.Description}");
        var (errors, warnings) = (report.Entries.Count(e => e.Value.Status == HealthStatus.Unhealthy), report.Entries.Count(e => e.Value.Status == HealthStatus.Degraded));
        await output.WriteLineAsync(errors + warnings == 0 ? "All is well." : string.Create(CultureInfo.InvariantCulture, $"{errors} errors, {warnings} warnings."));
        return errors == 0 ? 0 : 1;
    }
}
