using CrmWeb.Services.Common;
using static CrmWeb.UnitTests.Common.Imports.TestWorkbook;

namespace CrmWeb.UnitTests.Common.Imports;

/// <summary>Sheets of workbooks are read as what their cells are.</summary>
public sealed class SheetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("<c><v>1234.5</v></c>", "1234.5", CellKind.Value)]
    [InlineData("<c><v>0.30000000000000004</v></c>", "0.3", CellKind.Value)]
    [InlineData("<c><v>1.38001380001E+10</v></c>", "13800138000.1", CellKind.Value)]
    [InlineData("<c><v>13800138000</v></c>", "13800138000", CellKind.Value)]
    [InlineData("<c><v>12345678901234567890</v></c>", "12345678901234567890", CellKind.Value)]
    [InlineData("<c><v>-0.25</v></c>", "-0.25", CellKind.Value)]
    [InlineData("<c s=\"1\"><v>45356</v></c>", "2024-03-05", CellKind.Value)]
    [InlineData("<c s=\"2\"><v>45356.572916666664</v></c>", "2024-03-05 13:45:00", CellKind.Value)]
    [InlineData("<c s=\"3\"><v>0.5</v></c>", "12:00:00", CellKind.Value)]
    [InlineData("<c s=\"4\"><v>1.5</v></c>", "1.5", CellKind.Value)]
    [InlineData("<c s=\"5\"><v>45356</v></c>", "2024-03-05", CellKind.Value)]
    [InlineData("<c s=\"6\"><v>45356</v></c>", "45356", CellKind.Value)]
    [InlineData("<c s=\"7\"><v>45356</v></c>", "2024-03-05", CellKind.Value)]
    [InlineData("<c s=\"1\"><v>60</v></c>", "60", CellKind.Error)]
    [InlineData("<c s=\"1\"><v>59</v></c>", "1900-02-28", CellKind.Value)]
    [InlineData("<c t=\"b\"><v>1</v></c>", "true", CellKind.Value)]
    [InlineData("<c t=\"b\"><v>0</v></c>", "false", CellKind.Value)]
    [InlineData("<c t=\"e\"><v>#REF!</v></c>", "#REF!", CellKind.Error)]
    [InlineData("<c t=\"e\"><v>#N/A</v></c>", "", CellKind.Text)]
    [InlineData("<c t=\"str\"><f>A1&amp;B1</f><v>joined</v></c>", "joined", CellKind.Text)]
    [InlineData("<c><f>1+1</f><v>2</v></c>", "2", CellKind.Value)]
    [InlineData("<c><f>1+1</f></c>", "=", CellKind.NotCalculated)]
    [InlineData("<c t=\"s\"><v>0</v></c>", "Halden AB", CellKind.Text)]
    [InlineData("<c t=\"s\"><v>1</v></c>", "東京", CellKind.Text)]
    [InlineData("<c t=\"inlineStr\"><is><t>one_x000D_\ntwo</t></is></c>", "one\r\ntwo", CellKind.Text)]
    [InlineData("<c t=\"inlineStr\"><is><t>=1+2</t></is></c>", "=1+2", CellKind.Text)]
    [InlineData("<c t=\"d\"><v>2024-03-05T13:45:00</v></c>", "2024-03-05 13:45:00", CellKind.Value)]
    public async Task A_cell_is_read_as_what_it_is(string cell, string text, CellKind kind)
    {
        var book = new TestWorkbook().Sheet("Sheet1", $"<row>{Text("name")}{Text("value")}</row><row>{Text("x")}{cell}</row>")
            .Styles("yyyy\\-mm\\-dd", "d.m.yyyy h:mm", "h:mm AM/PM", "[h]:mm", "[$-804]yyyy\"年\"m\"月\"d\"日\"", "0.00\" day\"")
            .Shared("<r><t>Halden</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> AB</t></r>", "<t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh>");

        var row = Assert.Single(await RowsAsync(book.Bytes()));

        Assert.Equal((text, text.Length == 0 ? CellKind.Text : kind), (row.Cells[1], row.KindOf(1)));
    }

    [Fact]
    public async Task Days_of_a_workbook_that_counts_from_1904_are_the_same_days()
    {
        var book = new TestWorkbook().Sheet("Sheet1", $"<row>{Text("name")}{Text("on")}</row><row>{Text("x")}<c s=\"1\"><v>43894</v></c></row>").Styles("yyyy-mm-dd").From1904();

        Assert.Equal("2024-03-05", Assert.Single(await RowsAsync(book.Bytes())).Cells[1]);
    }

    [Fact]
    public async Task Cells_stand_where_they_say_and_rows_keep_their_numbers()
    {
        var rows = await RowsAsync(Of($"""
            <row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="C1" t="inlineStr"><is><t>c</t></is></c></row>
            <row r="2"/><row r="5" spans="1:3"><c r="C5"><v>3</v></c></row><row>{Text("x")}<c/>{Text("z")}</row>
            """));

        Assert.Equal([(5, "||3"), (6, "x||z")], rows.Select(r => (r.Line, string.Join('|', r.Cells))));
    }

    [Fact]
    public async Task Notes_above_the_head_and_sheets_without_anything_are_passed_over()
    {
        var book = new TestWorkbook().Sheet("Empty", "").Sheet("Secret", Rows(["a", "b"], ["1", "2"]), "hidden")
            .Sheet("Accounts", Rows(["Report of March"], ["name", "city"], ["Halden", "Bergen"], ["Oslo AB", "Oslo"])).Sheet("More", Rows(["x", "y"], ["1", "2"])).Bytes();

        var format = await TableFile.DetectAsync(new MemoryStream(book), Ct);

        Assert.Equal(("Accounts", 1, true), (format.Sheet, format.SkipRecords, format.HasHeader));
        Assert.Equal(["Halden", "Oslo AB"], (await RowsAsync(book)).Select(r => r.Cells[0]));
        Assert.Equal(["Empty", "Accounts", "More"], TableFile.Sheets(new MemoryStream(book)));
    }

    [Fact]
    public async Task What_the_product_writes_it_reads_again()
    {
        object?[] cells = ["=1+2", "  blanks ", 12.5m, 7, true, new DateOnly(2024, 3, 5), new DateTime(2024, 3, 5, 13, 45, 0, DateTimeKind.Utc), null, "客户\n两行"];
        using var bytes = new MemoryStream();
        await XlsxTable.WriteAsync("Customers", [.. "abcdefghi".Select(c => $"{c}")], new[] { (IReadOnlyList<object?[]>)[cells] }.ToAsyncEnumerable(), Habits.Neutral, bytes, Ct);

        var row = Assert.Single(await RowsAsync(bytes.ToArray()));

        Assert.Equal(["=1+2", "  blanks ", "12.5", "7", "true", "2024-03-05", "2024-03-05 13:45:00", "", "客户\n两行"], row.Cells);
    }

    internal static async Task<List<TableRow>> RowsAsync(byte[] book)
    {
        var format = await TableFile.DetectAsync(new MemoryStream(book), Ct);
        await using var file = await TableFile.OpenAsync(new MemoryStream(book), format, Ct);
        var rows = new List<TableRow>();
        await foreach (var row in file.RowsAsync(Ct))
            rows.Add(row);
        return rows;
    }
}
