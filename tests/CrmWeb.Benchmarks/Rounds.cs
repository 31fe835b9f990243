using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrmWeb.Benchmarks;

/// <summary>The same requests to both servers, in turns: what disturbs one disturbs the other.</summary>
internal sealed class Rounds(ServerProcess product, ServerProcess baseline, Visitor person, Visitor narrow, Visitor nobody)
{
    private const int Connections = 4; // enough to keep a server busy
    private const int WarmUps = 4;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2), Alone = TimeSpan.FromSeconds(0.5);
    private readonly Dictionary<string, int> asked = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ReportRow>> RunAsync(IReadOnlyList<Subject> subjects, int rounds, TextWriter log)
    {
        var expected = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in subjects.Where(s => !s.IsCreate).SelectMany(s => s.Paths.Select(p => (Path: p, s.Rows))))
            expected[path.Path] = path.Rows ?? await nobody.RowsAsync(path.Path);
        await log.WriteLineAsync("Warming up.");
        foreach (var subject in Enumerable.Repeat(subjects, WarmUps).SelectMany(s => s)) // until both are compiled for speed
            await MeasureAsync(subject, expected);

        var measured = subjects.ToDictionary(s => s, _ => new List<Round>());
        for (var n = 1; n <= rounds; n++)
        {
            await log.WriteLineAsync($"Round {n} of {rounds}.");
            foreach (var subject in subjects)
                measured[subject].Add(await MeasureAsync(subject, expected));
        }
        return [.. subjects.Select(s => ReportRow.Of(s.Name, measured[s]))];
    }

    /// <summary>Processor time under load for both, then how long the product lets one person wait.</summary>
    private async Task<Round> MeasureAsync(Subject subject, Dictionary<string, int> expected)
    {
        var connections = subject.IsCreate ? 1 : Connections; // one writes at a time
        var asking = subject.IsNarrow ? narrow : person;
        var (own, _) = await LoadAsync(product, asking, subject, expected, connections, Busy);
        var (bare, _) = await LoadAsync(baseline, nobody, subject, expected, connections, Busy / 2);
        var (_, answers) = await LoadAsync(product, asking, subject, expected, 1, Alone);
        return new(own, bare, [.. answers.Select(a => a.Millis)], answers.Average(a => a.Bytes));
    }

    private async Task<(double CpuMicros, IReadOnlyCollection<(double Millis, int Bytes)> Answers)> LoadAsync(
        ServerProcess server, Visitor visitor, Subject subject, Dictionary<string, int> expected, int connections, TimeSpan length)
    {
        var answers = new ConcurrentBag<(double, int)>();
        var next = asked.GetValueOrDefault(subject.Name);
        var (before, watch) = (server.Processor, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskAsync()));
        var spent = server.Processor - before;
        asked[subject.Name] = next;
        return (spent.TotalMicroseconds / answers.Count, answers);

        async Task AskAsync()
        {
            await Task.Yield();
            while (watch.Elapsed < length)
            {
                var path = subject.Paths[(Interlocked.Increment(ref next) & int.MaxValue) % subject.Paths.Count];
                var start = Stopwatch.GetTimestamp();
                var bytes = await visitor.AskAsync(subject, path, expected.GetValueOrDefault(path));
                answers.Add((Stopwatch.GetElapsedTime(start).TotalMilliseconds, bytes));
            }
        }
    }
}

/// <summary>What one round found about one subject.</summary>
/// <param name="CpuMicros">The product's processor time for a request.</param>
/// <param name="BareMicros">The bare server's.</param>
/// <param name="Millis">How long each answer took for one who asks alone.</param>
internal sealed record Round(double CpuMicros, double BareMicros, IReadOnlyList<double> Millis, double Bytes);
