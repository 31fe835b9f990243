namespace CrmWeb.Benchmarks;

/// <summary>A whole run: import, start, memory, rounds.</summary>
internal static class Benchmark
{
    private const int Starts = 3;
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
            await Product.CreateAsync(empty);
            await Product.SeedAsync(empty, options.Data, data, options.Customers, log);
            await log.WriteLineAsync("Importing.");
            var imported = await ImportFile.RowsPerSecondAsync(empty);
            return await MeasureAsync(data, options, imported, log);
        }
        finally
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private static async Task<Report> MeasureAsync(string data, Options options, double imported, TextWriter log)
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
        using var person = await Visitor.SignInAsync(product.Url);
        using var nobody = Visitor.OfBaseline(baseline.Url);
        var rows = await new Rounds(product, baseline, person, nobody).RunAsync(Subject.All(Product.Database(data)), options.Rounds, log);
        return new(options.Customers, rows, new(Math.Round(rest, 1), Math.Round(product.MemoryMb, 1)), Math.Round(ReportRow.Share(starts, 0.5)), Math.Round(imported));
    }
}
