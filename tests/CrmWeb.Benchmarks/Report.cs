using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CrmWeb.Benchmarks;

/// <summary>What a run found, as a table for people and as JSON for machines.</summary>
internal sealed record Report(int Customers, IReadOnlyList<ReportRow> Rows, Memory MemoryMb, double StartMs, double ImportRowsPerSecond, double ExportRowsPerSecond, double BulkRowsPerSecond)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line($"| {Customers:N0} customers | CPU µs | ratio | p50 ms | p99 ms | bytes |");
        Line($"| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var row in Rows)
            Line($"| {row.Name} | {row.CpuMicros:N0} | {row.Ratio:0.0} | {row.P50Ms:0.0} | {row.P99Ms:0.0} | {row.Bytes:N0} |");
        Line($"");
        Line($"First page after {StartMs:N0} ms. Memory {MemoryMb.Rest:N0} MB at rest, {MemoryMb.Load:N0} MB after the rounds. Import {ImportRowsPerSecond:N0} rows/s with at most {MemoryMb.Import:N0} MB, export {ExportRowsPerSecond:N0} rows/s, bulk edit {BulkRowsPerSecond:N0} rows/s.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

/// <summary>Resident memory of the product, in MB of 1,048,576 bytes.</summary>
/// <param name="Rest">A little after the first page.</param>
/// <param name="Load">After all rounds.</param>
/// <param name="Import">The most that the import took.</param>
internal sealed record Memory(double Rest, double Load, double Import);

/// <param name="CpuMicros">The product's processor time for a request, the median of the rounds.</param>
/// <param name="Ratio">That over the bare server's, the median of each round's own ratio.</param>
internal sealed record ReportRow(string Name, double CpuMicros, double Ratio, double P50Ms, double P99Ms, long Bytes)
{
    public static ReportRow Of(string name, IReadOnlyList<Round> rounds)
    {
        var millis = rounds.SelectMany(r => r.Millis).ToList();
        return new(
            name, Math.Round(Share(rounds.Select(r => r.CpuMicros), 0.5)), Math.Round(Share(rounds.Select(r => r.CpuMicros / r.BareMicros), 0.5), 2),
            Math.Round(Share(millis, 0.5), 2), Math.Round(Share(millis, 0.99), 2), (long)rounds.Average(r => r.Bytes));
    }

    /// <summary>The value that this share of the values does not exceed; between two of them where it falls between.</summary>
    public static double Share(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        var at = share * (sorted.Count - 1);
        var (below, above) = (sorted[(int)Math.Floor(at)], sorted[(int)Math.Ceiling(at)]);
        return below + ((above - below) * (at - Math.Floor(at)));
    }
}
