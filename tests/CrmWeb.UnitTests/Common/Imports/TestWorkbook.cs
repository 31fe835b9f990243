using System.IO.Compression;
using System.Text;

namespace CrmWeb.UnitTests.Common.Imports;

/// <summary>Workbooks written by hand, so that they can be as odd as those that arrive.</summary>
public sealed class TestWorkbook
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Xml)> sheets = [];
    private readonly Dictionary<string, string> parts = new(StringComparer.Ordinal);
    private string properties = "";

    /// <summary>One sheet with these rows.</summary>
    public static byte[] Of(string rows) => new TestWorkbook().Sheet("Sheet1", rows).Bytes();

    /// <summary>Rows of text cells.</summary>
    public static string Rows(params string[][] rows) => string.Concat(rows.Select(r => $"<row>{string.Concat(r.Select(Text))}</row>"));

    public static string Text(string text) => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(text)}</t></is></c>";

    public TestWorkbook Sheet(string name, string rows, string state = "visible") => Whole(name, $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>", state);

    /// <summary>A sheet whose part is exactly this.</summary>
    public TestWorkbook Whole(string name, string xml, string state = "visible")
    {
        sheets.Add((name, state, xml));
        return this;
    }

    public TestWorkbook Part(string path, string content)
    {
        parts[path] = content;
        return this;
    }

    public TestWorkbook Shared(params string[] items) => Part("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(items.Select(i => $"<si>{i}</si>"))}</sst>");

    /// <summary>Styles by their format codes; 0 is that of ordinary numbers.</summary>
    public TestWorkbook Styles(params string[] codes) => Part("xl/styles.xml", $"""
        <styleSheet xmlns="{Main}"><numFmts>{string.Concat(codes.Select((c, i) => $"<numFmt numFmtId=\"{164 + i}\" formatCode=\"{System.Security.SecurityElement.Escape(c)}\"/>"))}</numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{string.Concat(codes.Select((_, i) => $"<xf numFmtId=\"{164 + i}\"/>"))}<xf numFmtId="14"/></cellXfs></styleSheet>
        """);

    public TestWorkbook From1904()
    {
        properties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    public byte[] Bytes()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in Frame().Where(f => !parts.ContainsKey(f.Path)).Concat(parts.Select(p => (p.Key, p.Value))))
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return bytes.ToArray();
    }

    private IEnumerable<(string Path, string)> Frame() =>
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", Related(("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">{properties}<sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{System.Security.SecurityElement.Escape(s.Name)}\" state=\"{s.State}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Related(
        [
            .. sheets.Select((_, i) => ($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")),
            ("rId900", "sharedStrings", "sharedStrings.xml"), ("rId901", "styles", "/xl/styles.xml"),
        ])),
        .. sheets.Select((s, i) => ($"xl/worksheets/sheet{i + 1}.xml", s.Xml)),
    ];

    private static string Related(params (string Id, string Type, string Target)[] relations) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Relations}/{r.Type}\" Target=\"{r.Target}\"/>"))}</Relationships>";
}
