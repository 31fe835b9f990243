using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml;

namespace CrmWeb.Services.Common;

/// <summary>
/// A workbook (Office Open XML, ECMA-376) as an import reads it: its parts by the names it declares, in memory, each no longer than it may be. What stands
/// in the file is counted before anything is unpacked.
/// </summary>
internal sealed class Workbook : IDisposable
{
    private const int MostParts = 5_000, MostDirectory = 1_048_576, MostSheets = 200, LongestName = 100, SecondsAtOnce = 60;
    private const long MostOfPart = 134_217_728, MostOfSheet = 2_147_483_648;
    private const uint EndMark = 0x06054b50;

    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ZipArchive archive;
    private readonly List<(string Name, string Path)> sheets = [];
    private readonly string path;
    private bool from1904;

    private Workbook(Stream stream)
    {
        archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
            parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        path = Relations("").Values.FirstOrDefault(r => r.Type == "officeDocument").Path ?? "xl/workbook.xml";
    }

    /// <summary>Sheets of cells that are not hidden, in their order.</summary>
    public IReadOnlyList<string> Sheets => sheets.ConvertAll(s => s.Name);

    /// <summary>Whether a file begins as archives do, and so as workbooks do.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> start) => start is [0x50, 0x4B, 0x03, 0x04, ..];

    /// <summary>Whether a file begins as the workbooks of old and those with a password do.</summary>
    public static bool IsOld(ReadOnlySpan<byte> start) => start is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..];

    /// <param name="stream">Must be able to go back; stays open.</param>
    /// <exception cref="RuleException">It is no workbook, or one that cannot be read.</exception>
    public static Workbook Open(Stream stream) => Guarded(() =>
    {
        Rule.Require(IsSmallEnough(stream), "Import.File.WorkbookDamaged");
        var book = new Workbook(stream);
        Rule.Require(book.parts.ContainsKey(book.path), "Import.File.NotText");
        book.ReadSheets();
        return book;
    });

    /// <summary>The rows of a sheet; the workbook ends with them.</summary>
    /// <exception cref="RuleException">There is no such sheet, or what it needs cannot be read.</exception>
    public SheetParser Read(string sheet) => Guarded(() =>
    {
        var found = sheets.Find(s => s.Name == sheet);
        Rule.Require(found.Path is not null && parts.ContainsKey(found.Path), "Import.File.NoSuchSheet", "Sheet", sheet);
        var related = Relations(path).Values;
        return new SheetParser(
            this, OpenPart(found.Path, MostOfSheet, seconds: null)!,
            Related("sharedStrings", SharedTexts.Read) ?? SharedTexts.None, Related("styles", SheetStyles.Read) ?? SheetStyles.None, from1904);

        T? Related<T>(string type, Func<XmlPart, T> read) where T : class
        {
            using var part = related.FirstOrDefault(r => r.Type == type).Path is { } target ? OpenPart(target, MostOfPart, SecondsAtOnce) : null;
            return part is null ? null : read(part);
        }
    });

    public void Dispose() => archive.Dispose();

    /// <summary>What the reading of an archive or of XML stumbles over, in a sentence.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or NotSupportedException or EndOfStreamException)
        {
            throw new RuleException([new("Import.File.WorkbookDamaged")]);
        }
    }

    private void ReadSheets()
    {
        var related = Relations(path);
        using var book = OpenPart(path, MostOfPart, SecondsAtOnce)!;
        while (book.NextElement())
        {
            book.Mark();
            if (book.Name == "workbookPr")
                from1904 = book["date1904"] is "1" or "true";
            else if (book.Name == "sheet" && sheets.Count < MostSheets && book["state"] is null or "visible" && related.TryGetValue(book.Relation ?? "", out var to) && to.Type == "worksheet")
                sheets.Add((book["name"] is { Length: > LongestName } name ? name[..LongestName] : book["name"] ?? "", to.Path));
        }
        Rule.Require(sheets.Count > 0, "Import.File.Empty");
    }

    /// <summary>The parts that a part leads to, by the id of the relation; of the package itself for an empty path.</summary>
    private Dictionary<string, (string Type, string Path)> Relations(string from)
    {
        var (folder, relations) = (from.LastIndexOf('/') is >= 0 and var at ? from[..(at + 1)] : "", new Dictionary<string, (string, string)>(StringComparer.Ordinal));
        using var part = OpenPart($"{folder}_rels/{from[folder.Length..]}.rels", MostOfPart, SecondsAtOnce);
        while (part?.NextElement() == true)
        {
            part.Mark();
            if (part.Name == "Relationship" && part["Id"] is { } id && part["Target"] is { } target && part["TargetMode"] is not "External" && relations.Count < MostParts)
                relations[id] = ((part["Type"] ?? "").Split('/')[^1], target.StartsWith('/') ? target[1..] : Joined(folder, target));
        }
        return relations;
    }

    private static string Joined(string folder, string target)
    {
        var steps = new List<string>();
        foreach (var step in (folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step != "..")
                steps.Add(step);
            else if (steps.Count > 0)
                steps.RemoveAt(steps.Count - 1);
        }
        return string.Join('/', steps.Where(s => s != "."));
    }

    private XmlPart? OpenPart(string name, long most, int? seconds) =>
        parts.TryGetValue(name, out var entry) ? new(new BoundedStream(entry.Open(), most, TimeProvider.System, seconds)) : null;

    /// <summary>The list of parts is read into memory as a whole: how long it is stands at the end of the file.</summary>
    private static bool IsSmallEnough(Stream stream)
    {
        var end = new byte[(int)Math.Min(stream.Length, 65_557)];
        stream.Position = stream.Length - end.Length;
        stream.ReadExactly(end);
        stream.Position = 0;
        for (var i = end.Length - 22; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(i)) != EndMark)
                continue;
            var (count, start) = (BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(i + 10)), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(i + 16)));
            return count <= MostParts && stream.Length - end.Length + i - start is >= 0 and <= MostDirectory;
        }
        return false;
    }
}
