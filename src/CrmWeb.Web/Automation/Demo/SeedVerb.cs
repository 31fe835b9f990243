using System.Diagnostics;
using System.Globalization;
using CrmWeb.Services.Automation;
using CrmWeb.Web.Common.Verbs;

namespace CrmWeb.Web.Automation.Demo;

/// <summary>Adds very many made-up customers, for trying out size and speed. The same seed on the same day makes the same customers.</summary>
internal sealed class SeedVerb : IVerb
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    public string Name => "seed";
    public string Usage => "seed --customers N [--seed S]";

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var customers = arguments.Count("--customers") ?? throw new UsageException("--customers is missing.");
        var seed = arguments.Count("--seed") ?? 1;
        arguments.End();

        var (watch, told) = (Stopwatch.StartNew(), TimeSpan.Zero);
        var rows = await services.GetRequiredService<ICustomerSeeder>().SeedAsync(customers, seed, TellAsync, ct);
        await output.WriteLineAsync($"Done: {Line(customers, rows)}");
        return 0;

        async Task TellAsync(int done, long written)
        {
            if (watch.Elapsed - told < BetweenLines)
                return;
            told = watch.Elapsed;
            await output.WriteLineAsync(Line(done, written));
        }

        string Line(int done, long written) => string.Create(CultureInfo.InvariantCulture,
            $"{done:N0} customers, {written:N0} rows in {watch.Elapsed.TotalSeconds:0.0} s: {done / watch.Elapsed.TotalSeconds:N0} customers/s, {written / watch.Elapsed.TotalSeconds:N0} rows/s");
    }
}
