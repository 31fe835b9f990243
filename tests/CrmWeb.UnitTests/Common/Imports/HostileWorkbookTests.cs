using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using static CrmWeb.UnitTests.Common.Imports.TestWorkbook;

namespace CrmWeb.UnitTests.Common.Imports;

/// <summary>Workbooks that are broken, or made to break something, cost little and get a sentence.</summary>
[Collection("memory")]
public sealed class HostileWorkbookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Refused => new()
    {
        { "a document type", "Import.File.SheetDamaged" },
        { "a billion laughs", "Import.File.SheetDamaged" },
        { "a shared text from outside", "Import.File.WorkbookDamaged" },
        { "elements in elements", "Import.File.SheetDamaged" },
        { "shared texts without end", "Import.File.WorkbookTooLarge" },
        { "blanks without end before the first row", "Import.File.SheetTooLarge" },
        { "an attribute without end", "Import.File.SheetTooLarge" },
        { "a head of 300 columns", "Import.File.TooManyColumns" },
        { "a head that goes to the last column", "Import.File.TooManyColumns" },
        { "a cell beyond the sheet", "Import.File.SheetDamaged" },
        { "a reference that is none", "Import.File.SheetDamaged" },
        { "a shared text there is not", "Import.File.SheetDamaged" },
        { "a sheet outside of the file", "Import.File.NoSuchSheet" },
        { "no sheets", "Import.File.Empty" },
        { "half of a file", "Import.File.WorkbookDamaged" },
        { "six thousand parts", "Import.File.WorkbookDamaged" },
        { "an archive of something else", "Import.File.NotText" },
        { "an old workbook", "Import.File.OldWorkbook" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task What_cannot_be_read_is_refused_soon_and_in_little_room(string kind, string sentence)
    {
        var (book, watch, before) = (Content(kind), Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());

        var refused = await Assert.ThrowsAsync<RuleException>(async () =>
        {
            var format = await TableFile.DetectAsync(new MemoryStream(book), Ct);
            await (await TableFile.OpenAsync(new MemoryStream(book), format, Ct)).DisposeAsync();
        });

        Assert.Equal(sentence, refused.Broken[0].Text);
        Assert.True(watch.Elapsed < Patience, $"{kind} took {watch.Elapsed}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000_000);
    }

    [Fact]
    public async Task A_far_cell_costs_nothing_and_its_row_alone_is_refused()
    {
        var watch = Stopwatch.StartNew();

        var rows = await SheetTests.RowsAsync(Of($"""
            <row r="1">{Text("name")}{Text("city")}</row><row r="2">{Text("Halden")}{Text("Bergen")}</row>
            <row r="1048576">{Text("Far")}<c r="XFD1048576"><v>1</v></c></row>
            """));

        Assert.Equal([(2, null), (1_048_576, "Import.File.OtherColumnCount")], rows.Select(r => (r.Line, r.Problem?.Text)));
        Assert.True(watch.Elapsed < Patience);
    }

    [Theory]
    [InlineData("<row r=\"3\"><c><v>1</v></c></row><row r=\"2\"><c><v>2</v></c></row>", "Import.File.SheetDamaged")]
    [InlineData("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>2</v></c></row>", "Import.File.SheetDamaged")]
    [InlineData("<row r=\"1048577\"><c><v>1</v></c></row>", "Import.File.SheetDamaged")]
    [InlineData("<row r=\"3\"><c><v>1</v>", "Import.File.SheetDamaged")]
    public async Task What_breaks_off_between_its_rows_says_where_and_keeps_what_stands_before(string rows, string sentence)
    {
        var xml = $"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"1\">{Text("name")}{Text("city")}</row><row r=\"2\">{Text("Halden")}{Text("Bergen")}</row>{rows}";
        var book = new TestWorkbook().Whole("Sheet1", rows.EndsWith("</row>", StringComparison.Ordinal) ? xml + "</sheetData></worksheet>" : xml).Bytes();
        await using var file = await TableFile.OpenAsync(new MemoryStream(book), new("utf-8", ',', HasHeader: true) { Sheet = "Sheet1" }, Ct);

        var read = new List<TableRow>();
        await foreach (var row in file.RowsAsync(Ct))
            read.Add(row);

        Assert.Equal(("Halden", null), (read[0].Cells[0], read[0].Problem));
        Assert.Equal(sentence, read[^1].Problem!.Text);
        Assert.Equal(read.Count, read.Select(r => r.Line).Distinct().Count());
    }

    [Fact]
    public async Task A_cell_without_end_is_one_row_that_cannot_be_taken()
    {
        var rows = await SheetTests.RowsAsync(Of($"<row>{Text("name")}{Text("note")}</row><row>{Text("Halden")}{Text(new string('x', 40_000))}</row><row>{Text("Bergen")}{Text("fine")}</row>"));

        Assert.Equal(["Import.File.CellTooLong", null], rows.Select(r => r.Problem?.Text));
    }

    private static byte[] Content(string kind) => kind switch
    {
        "a document type" => new TestWorkbook().Whole("Sheet1", $"<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet xmlns=\"{Main}\"><sheetData>{Rows(["a"])}</sheetData></worksheet>").Bytes(),
        "a billion laughs" => new TestWorkbook().Whole("Sheet1", $"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet xmlns=\"{Main}\"><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>").Bytes(),
        "a shared text from outside" => new TestWorkbook().Sheet("Sheet1", "<row><c t=\"s\"><v>0</v></c></row>").Part("xl/sharedStrings.xml", $"<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst xmlns=\"{Main}\"><si><t>&a;</t></si></sst>").Bytes(),
        "elements in elements" => Of("<row>" + string.Concat(Enumerable.Repeat("<x>", 1_000_000))),
        "shared texts without end" => Endless("xl/sharedStrings.xml", "<sst>", $"<si><t>{new string('x', 1_000_000)}</t></si>", 140),
        "blanks without end before the first row" => Endless("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", new string(' ', 1_048_576), 12),
        "an attribute without end" => Of($"<row r=\"{new string('1', 9_000_000)}\"/>"),
        "a head of 300 columns" => Of(Rows([.. Enumerable.Range(1, 300).Select(i => $"c{i}")], ["1", "2"])),
        "a head that goes to the last column" => Of($"<row r=\"1\">{Text("name")}<c r=\"XFD1\" t=\"str\"><v>far</v></c></row>"),
        "a cell beyond the sheet" => Of("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"),
        "a reference that is none" => Of("<row r=\"1\"><c r=\"1A\"><v>1</v></c></row>"),
        "a shared text there is not" => new TestWorkbook().Sheet("Sheet1", "<row><c t=\"s\"><v>7</v></c></row>").Shared("<t>a</t>").Bytes(),
        "a sheet outside of the file" => new TestWorkbook().Sheet("Sheet1", "").Part("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"../../../etc/passwd\"/></Relationships>").Bytes(),
        "no sheets" => new TestWorkbook().Bytes(),
        "half of a file" => Of(Rows(["name", "city"], ["Halden", "Bergen"])) is var whole ? whole[..(whole.Length / 2)] : [],
        "six thousand parts" => Many(),
        "an archive of something else" => Archive("word/document.xml", "<w/>"),
        _ => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[5_000]],
    };

    private static byte[] Archive(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry(name).Open())
            entry.Write(Encoding.UTF8.GetBytes(content));
        return bytes.ToArray();
    }

    private static byte[] Many()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 6_000; i++)
                zip.CreateEntry($"xl/{i}.xml", CompressionLevel.NoCompression);
        }
        return bytes.ToArray();
    }

    /// <summary>A small file that unpacks to a large one.</summary>
    private static byte[] Endless(string part, string start, string more, int times)
    {
        using var bytes = new MemoryStream();
        bytes.Write(new TestWorkbook().Sheet("Sheet1", "<row><c t=\"s\"><v>0</v></c></row>").Bytes());
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(part)?.Delete();
            using var entry = zip.CreateEntry(part, CompressionLevel.Fastest).Open();
            entry.Write(Encoding.UTF8.GetBytes(start));
            for (var i = 0; i < times; i++)
                entry.Write(Encoding.UTF8.GetBytes(more));
        }
        return bytes.ToArray();
    }
}

/// <summary>Tests that measure what the process holds: nothing else runs beside them.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryTests;
