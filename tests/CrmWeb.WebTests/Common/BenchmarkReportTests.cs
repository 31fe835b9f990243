using System.Text.Json;
using CrmWeb.Benchmarks;

namespace CrmWeb.WebTests.Common;

/// <summary>The numbers that a benchmark run ends with.</summary>
public sealed class BenchmarkReportTests
{
    private static readonly Round[] Rounds = [new(900, 100, [1, 2, 3], 50), new(300, 150, [4], 70), new(800, 200, [5], 60)];

    [Theory]
    [InlineData(0.5, 30)]
    [InlineData(0, 10)]
    [InlineData(1, 50)]
    [InlineData(0.99, 49.6)]
    public void A_share_is_the_value_that_so_many_do_not_exceed(double share, double expected) =>
        Assert.Equal(expected, ReportRow.Share([50, 20, 10, 40, 30], share), precision: 6);

    [Fact]
    public void A_row_takes_the_middle_round_and_each_round_is_held_against_its_own_bare_server()
    {
        var row = ReportRow.Of("customers.list", Rounds);

        Assert.Equal(("customers.list", 800, 4, 3, 60), (row.Name, row.CpuMicros, row.Ratio, row.P50Ms, row.Bytes));
        Assert.Equal(4.96, row.P99Ms);
    }

    [Fact]
    public void The_file_for_machines_has_the_names_they_know()
    {
        var json = JsonDocument.Parse(new Report(10_000, [ReportRow.Of("today", Rounds)], new(120.5, 180, 250), 2_100, 4_000, 20_000, 2_000).ToJson()).RootElement;

        Assert.Equal(["customers", "rows", "memoryMb", "startMs", "importRowsPerSecond", "exportRowsPerSecond", "bulkRowsPerSecond"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["name", "cpuMicros", "ratio", "p50Ms", "p99Ms", "bytes"], json.GetProperty("rows")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(120.5, json.GetProperty("memoryMb").GetProperty("rest").GetDouble());
    }

    [Theory]
    [InlineData("--customers", "0")]
    [InlineData("--customers", "10", "--round", "3")]
    [InlineData("--customers")]
    public void Arguments_that_are_none_are_refused(params string[] arguments) => Assert.Null(Options.Parse(arguments));

    [Fact]
    public void A_place_is_read_as_it_was_written() => Assert.Equal(("müller gmbh", 42L), Sample.Place(Sample.Place("müller gmbh", 42)));
}
