using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.UnitTests.Common.Exports;

/// <summary>What is written into the cells of exported files.</summary>
public sealed class TablesTests
{
    private static readonly string[] Heads = ["A", "B"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+SUM(A1)", "'+SUM(A1)")]
    [InlineData("-cmd|'/C calc'!A0", "'-cmd|'/C calc'!A0")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=x", "'\t=x")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("苏州", "苏州")]
    public async Task Text_is_text_in_CSV(string text, string cell) => Assert.Equal($"A,B\r\n{cell},\r\n", await CsvAsync([text, null]));

    [Fact]
    public async Task Values_are_written_as_the_import_reads_them()
    {
        Assert.Equal("A,B\r\n-5.25,2026-03-02\r\n", await CsvAsync([-5.25m, new DateOnly(2026, 3, 2)]));
        Assert.Equal("A,B\r\n-7,2026-03-02T09:30:00Z\r\n", await CsvAsync([-7, new DateTime(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc)]));
        Assert.Equal("A,B\r\nActive,true\r\n", await CsvAsync([Lifecycle.Active, true]));
        Assert.Equal("A,B\r\n,\"EndCustomer, Partner\"\r\n", await CsvAsync([CustomerRoles.None, CustomerRoles.EndCustomer | CustomerRoles.Partner]));
    }

    [Fact]
    public async Task A_CSV_file_says_that_it_is_UTF_8()
    {
        using var file = new MemoryStream();

        await CsvTable.WriteAsync(Heads, Rows(["x", "y"]), file, Ct);

        Assert.Equal(Encoding.UTF8.GetPreamble(), file.ToArray()[..3]);
    }

    [Fact]
    public async Task A_workbook_has_typed_cells()
    {
        var cells = await SheetAsync([-5.25m, new DateOnly(2026, 3, 2), new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc), true, null, "x & <y>", new DateOnly(1850, 1, 1)]);

        Assert.Equal([("n", "-5.25"), ("n1", "46083"), ("n2", "46083.5"), ("b", "1"), ("n", ""), ("inlineStr", "x & <y>"), ("inlineStr", "1850-01-01")], cells);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("@x")]
    [InlineData("\t-x")]
    public async Task A_formula_in_a_workbook_is_quoted_text(string text) => Assert.Equal([("inlineStr3", text)], await SheetAsync([text]));

    [Fact]
    public async Task What_a_workbook_cannot_hold_is_left_out() => Assert.Equal([("inlineStr", "ab😀c")], await SheetAsync(["a\u0001b\uD83D\uDE00c\uFFFE"]));

    [Theory]
    [InlineData("Name,Kind,Registered name", false)]
    [InlineData("", false)]
    [InlineData("Name,Name of nobody", false)]
    public void Other_heads_are_not_taken_for_an_export(string heads, bool isOurs) =>
        Assert.Equal(isOurs, ExportHeads.Are(new CustomerType(), heads.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void The_heads_of_an_export_are_known_in_each_language_but_not_mixed()
    {
        var labels = new CustomerType().With(FieldUse.Export).Take(3).Select(f => Localizer.InAll(f.Label).ToList()).ToList();

        Assert.True(ExportHeads.Are(new CustomerType(), labels.ConvertAll(l => l[0])));
        Assert.True(ExportHeads.Are(new CustomerType(), labels.ConvertAll(l => l[1])));
        Assert.False(ExportHeads.Are(new CustomerType(), [labels[0][0], labels[1][1]]));
    }

    private static async Task<string> CsvAsync(object?[] row)
    {
        using var file = new MemoryStream();
        await CsvTable.WriteAsync(Heads, Rows(row), file, Ct);
        return Encoding.UTF8.GetString(file.ToArray()[3..]);
    }

    /// <summary>Type and style of each cell of the row below the head, and what it holds.</summary>
    private static async Task<IEnumerable<(string, string)>> SheetAsync(object?[] row)
    {
        using var file = new MemoryStream();
        await XlsxTable.WriteAsync("R&D", Heads, Rows(row), Habits.Neutral, file, Ct);
        await using var package = new ZipArchive(file);
        Assert.All(package.Entries, e => XDocument.Load(e.Open())); // every part is well-formed
        var sheet = XDocument.Load(package.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var ns = sheet.Root!.Name.Namespace;
        return [.. sheet.Descendants(ns + "row").Skip(1).Elements(ns + "c").Select(c => ($"{(string?)c.Attribute("t") ?? "n"}{(string?)c.Attribute("s")}", c.Value))];
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?[]>> Rows(object?[] row)
    {
        await Task.Yield();
        yield return [row];
    }
}
