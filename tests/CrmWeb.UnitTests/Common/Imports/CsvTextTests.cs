using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public class CsvTextTests
{
    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("  =1+2", "'  =1+2")]
    [InlineData("\u00A0\u200B=1+2", "'\u00A0\u200B=1+2")]
    [InlineData("\n=1+2", "'\n=1+2")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("＝1+2", "'＝1+2")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠x", "'＠x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("+1-2", "'+1-2")]
    [InlineData("-5.1.2", "'-5.1.2")]
    [InlineData("'=x", "''=x")]
    [InlineData("-", "'-")]
    public void What_a_spreadsheet_would_run_is_disarmed(string text, string safe) => Assert.Equal(safe, CsvText.Safe(text));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("a=b")]
    [InlineData("-5")]
    [InlineData("+3.25")]
    [InlineData("+861380013800")]
    [InlineData("+86 138 0013 8000")]
    [InlineData("−5 (minus sign U+2212)")]
    [InlineData("|pipe|")]
    [InlineData("'s-Hertogenbosch")]
    [InlineData("O'Neil")]
    public void Harmless_text_stays(string text) => Assert.Equal(text, CsvText.Safe(text));

    [Fact]
    public async Task Every_hostile_cell_comes_back_from_our_own_export()
    {
        var cells = (await Tables.FileAsync("csv/torture/formulas.csv")).Cells.SelectMany(row => row).Concat(["''=x", "'-5", "'", "'\t"]).ToList();

        var exported = cells.Select(CsvText.Safe).ToList();

        Assert.Equal(cells, exported.Select(CsvText.Original));
        Assert.DoesNotContain(exported, cell => cell.AsSpan().Trim() is ['=' or '@', ..] or ['-' or '+', not (>= '0' and <= '9'), ..] || cell is ['\t' or '\r', ..]);
    }

    [Fact]
    public async Task Only_our_own_export_is_undone()
    {
        var own = await Tables.TextAsync("a,b\n'=1,x\n", format => format with { IsOwnExport = true });
        var foreign = await Tables.TextAsync("a,b\n'=1,x\n");

        Assert.Equal(("=1", "'=1"), (own.Rows[0].Cells[0], foreign.Rows[0].Cells[0]));
    }
}
