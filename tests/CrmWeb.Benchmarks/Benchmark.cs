namespace CrmWeb.Benchmarks;

/// <summary>A whole run: import, start, memory, rounds.</summary>
internal static class Benchmark
{
    private const int Starts = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20); // of an export or a bulk edit
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static async Task<Report> RunAsync(Options options, TextWriter log)
    {
        if (Folders.Configuration != "release")
            throw new BenchmarkException("Only a Release build is worth measuring: dotnet run -c Release …");
        Directory.CreateDirectory(options.Data);
        var run = Path.Combine(options.Data, "run");
        if (Directory.Exists(run))
            Directory.Delete(run, recursive: true);
        var (empty, data) = (Path.Combine(run, "empty"), Path.Combine(run, "data"));
        try
        {
            await log.WriteLineAsync("Publishing.");
            await Product.PublishAsync();
            await Product.CreateAsync(empty);
            await Product.SeedAsync(empty, options.Data, data, options.Customers, log);
            await log.WriteLineAsync("Importing.");
            var imported = await ImportFile.RunAsync(empty);
            await Product.AddNarrowAsync(data);
            return await MeasureAsync(data, options, imported, log);
        }
        finally
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private static async Task<Report> MeasureAsync(string data, Options options, (double RowsPerSecond, double PeakMb) imported, TextWriter log)
    {
        await log.WriteLineAsync("Starting.");
        var starts = new List<double>();
        for (var n = 1; n < Starts; n++)
        {
            await using var once = await ServerProcess.ProductAsync(data, ServerProcess.FreeUrl());
            starts.Add(once.Start.TotalMilliseconds);
        }
        await using var product = await ServerProcess.ProductAsync(data, ServerProcess.FreeUrl());
        starts.Add(product.Start.TotalMilliseconds);
        await Task.Delay(Rest);
        var rest = product.MemoryMb;

        await using var baseline = await ServerProcess.BaselineAsync(data, ServerProcess.FreeUrl());
        using var person = await Visitor.SignInAsync(product.Url, Product.Email);
        using var narrow = await Visitor.SignInAsync(product.Url, Product.NarrowEmail);
        using var nobody = Visitor.OfBaseline(baseline.Url);
        var rows = await new Rounds(product, baseline, person, narrow, nobody).RunAsync(Subject.All(Product.Database(data)), options.Rounds, log);
        var load = product.MemoryMb;
        var filter = options.Customers > 20_000 ? "&f.lifecycle.is=AtRisk" : ""; // a tenth: there is a limit to both
        await log.WriteLineAsync("Exporting, and changing all.");
        var (exported, changed) = (await person.ExportRowsPerSecondAsync(filter, Longest), await person.BulkRowsPerSecondAsync(filter, Longest));
        return new(
            options.Customers, rows, new(Math.Round(rest, 1), Math.Round(load, 1), Math.Round(imported.PeakMb, 1)), Math.Round(ReportRow.Share(starts, 0.5)),
            Math.Round(imported.RowsPerSecond), Math.Round(exported), Math.Round(changed));
    }
}
