using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace CrmWeb.Services.Common;

/// <summary>
/// Rows as a workbook with one sheet (Office Open XML, ECMA-376): typed cells, a head that stays in view. Written part by part straight into the
/// answer by what the platform has: the library tried for it stores text as the result of a formula.
/// </summary>
internal static class XlsxTable
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Package = "http://schemas.openxmlformats.org/package/2006";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize, Async = true };

    public static async Task WriteAsync(
        string title, IReadOnlyList<string> heads, IAsyncEnumerable<IReadOnlyList<object?[]>> rows, Habits habits, Stream output, CancellationToken ct)
    {
        await using var package = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var (name, content) in Frame(title))
            await WriteAsync(package, name, content, ct);

        var entry = package.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest);
        await using var sheet = await entry.OpenAsync(ct);
        using var buffer = new MemoryStream();
        await using var xml = XmlWriter.Create(buffer, Settings);
        var cells = new XlsxCells(xml, habits);
        Begin(xml, heads.Count);
        cells.WriteHead(heads);
        await foreach (var some in rows.WithCancellation(ct))
        {
            foreach (var row in some)
                cells.Write(row);
            await PassOnAsync(xml, buffer, sheet, ct);
        }
        xml.WriteEndDocument();
        await PassOnAsync(xml, buffer, sheet, ct);
    }

    private static void Begin(XmlWriter xml, int columns)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"""<cols><col min="1" max="1" width="32" customWidth="1"/>{(columns > 1 ? string.Create(CultureInfo.InvariantCulture, $"""<col min="2" max="{columns}" width="18" customWidth="1"/>""") : "")}</cols>"""));
        xml.WriteStartElement("sheetData", Main);
    }

    private static async Task PassOnAsync(XmlWriter xml, MemoryStream buffer, Stream sheet, CancellationToken ct)
    {
        xml.Flush();
        await sheet.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), ct);
        buffer.SetLength(0);
    }

    private static async Task WriteAsync(ZipArchive package, string name, string content, CancellationToken ct)
    {
        await using var part = await package.CreateEntry(name).OpenAsync(ct);
        await part.WriteAsync(Encoding.UTF8.GetBytes(content), ct);
    }

    /// <summary>The parts around the sheet.</summary>
    private static IEnumerable<(string Name, string Content)> Frame(string title) =>
    [
        ("[Content_Types].xml", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{ContentType}.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """),
        ("_rels/.rels", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/_rels/workbook.xml.rels", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """),
        ("xl/workbook.xml", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{System.Security.SecurityElement.Escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/styles.xml", $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>
            <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>
            <cellStyleXfs count="1"><xf/></cellStyleXfs>
            <cellXfs count="5"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf quotePrefix="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>
            """),
    ];
}
