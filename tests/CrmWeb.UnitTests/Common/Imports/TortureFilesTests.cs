using System.Text.Json;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

/// <summary>What the test suite itself says is wanted of its worst files.</summary>
public class TortureFilesTests
{
    [Fact]
    public async Task Good_bad_and_blank_rows_are_those_the_suite_names()
    {
        using var expected = Suite("ragged_expected");

        var table = await Tables.FileAsync("csv/torture/ragged_rows.csv");

        Assert.Equal(expected.RootElement.GetProperty("good_rows").Deserialize<string[][]>(), table.Rows.Where(row => row.Problem is null).Select(row => row.Cells));
        Assert.Equal(expected.RootElement.GetProperty("row_errors").EnumerateObject().Select(e => (e.Name, e.Value.GetString())),
            table.Rows.Where(row => row.Problem is not null).Select(row => ($"{row.Line}", (string?)$"{row.Problem!.Values[1]} of {row.Problem.Values[2]} columns")));
        Assert.Equal(expected.RootElement.GetProperty("blank_rows_skipped").GetArrayLength(), table.BlankRows);
    }

    [Fact]
    public async Task What_the_suite_wants_of_formulas_holds_for_storing_and_for_writing_again()
    {
        using var expected = Suite("formulas_expected");
        var wanted = expected.RootElement.GetProperty("must_be_stored_exactly_as").Deserialize<List<Dictionary<string, string>>>()!;

        var table = await Tables.FileAsync("csv/torture/formulas.csv");

        Assert.Equal(wanted, table.AsDictionaries());
        Assert.All(wanted.SelectMany(row => row.Values).Where(cell => cell[0] is '=' or '@' or '\t' or '\r'), cell => Assert.Equal($"'{cell}", CsvText.Safe(cell)));
    }

    [Fact]
    public async Task Cells_that_a_spreadsheet_has_damaged_are_not_guessed_at()
    {
        var table = await Tables.FileAsync("csv/torture/excel_damage.csv");

        Assert.Equal([["1-2", "8.61382E+12", "4.00638E+12", "2-Jan"], ["=\"00123\"", "=\"0138\"", "=\"4006381333931\"", "MARCH1"]], table.Cells);
    }

    [Theory]
    [InlineData("Line", "Reason", true)]
    [InlineData("行号", "原因", true)]
    [InlineData("Line", "Note", false)]
    public async Task Rejected_rows_of_our_own_are_recognised_by_their_last_two_columns(string line, string reason, bool isOwn)
    {
        var table = await Tables.TextAsync($"1,2,{line},{reason}\n'=x,y,2,Wrong\n");

        Assert.Equal((isOwn, isOwn, isOwn ? "=x" : "'=x"), (table.Format.IsOwnExport, table.Format.HasHeader, table.Rows[^1].Cells[0]));
    }

    private static JsonDocument Suite(string file) => JsonDocument.Parse(File.ReadAllText(TestData.PathOf($"csv/torture/{file}.json")));
}
