namespace CrmWeb.Services.Common;

/// <summary>Guesses how a table is written by its first records.</summary>
internal static class TableSample
{
    private const int SampleBytes = 1 << 18, TextBytes = 1 << 12, SampleRecords = 100, MostNotes = 20, MostStrange = 8;
    private const string Delimiters = ",;\t|";
    private static readonly string[] emptyWords = ["NULL", "\\N"];

    /// <summary>Reads the start of the stream, which must be able to go back, and goes back.</summary>
    /// <exception cref="RuleException">The file is empty.</exception>
    public static async Task<TableFormat> DetectAsync(Stream stream, CancellationToken ct)
    {
        var sample = new byte[SampleBytes];
        var length = await stream.ReadAtLeastAsync(sample, sample.Length, throwOnEndOfStream: false, ct);
        stream.Position = 0;
        Rule.Require(!Workbook.IsOld(sample), "Import.File.OldWorkbook");
        return Workbook.IsArchive(sample) ? await DetectSheetAsync(stream, sheet: null) : await DetectAsync(sample.AsMemory(0, length), isWhole: length < SampleBytes);
    }

    /// <summary>How a sheet is written; without a name, the first one that holds anything.</summary>
    /// <exception cref="RuleException">It is no workbook, or an empty one.</exception>
    public static async Task<TableFormat> DetectSheetAsync(Stream stream, string? sheet)
    {
        IReadOnlyList<string> names;
        using (var book = Workbook.Open(stream))
            names = sheet is null ? book.Sheets : [sheet];
        foreach (var name in names)
        {
            using var parser = Workbook.Open(stream).Read(name);
            var records = new List<string[]?>();
            while (records.Count < SampleRecords && await parser.ReadAsync(TableFile.MaxColumns + 1) is { } cells)
            {
                if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                    records.Add(cells);
            }
            if (records.Count > 0)
                return FormatOf(TableEncodings.All[0], new(',', records, Notes: 0)) with { Sheet = name };
        }
        throw new RuleException([new("Import.File.Empty")]);
    }

    public static async Task<TableFormat> DetectAsync(ReadOnlyMemory<byte> sample, bool isWhole)
    {
        var encoding = TableEncodings.Detect(sample.Span, isWhole);
        var text = TableEncodings.Get(encoding).GetString(sample.Span[..Math.Min(sample.Length, TextBytes)]);
        Rule.Require(IsText(text), "Import.File.NotText");
        var said = Said(text);
        var guesses = new List<Guess>();
        foreach (var delimiter in said is { } one ? $"{one}" : Delimiters)
            guesses.Add(new(delimiter, await RecordsAsync(sample, encoding, delimiter, isWhole), Notes: said is null ? 0 : 1));
        var best = guesses.MaxBy(guess => guess.Score)!;
        Rule.Require(best.Records.Count > 0, "Import.File.Empty");
        return FormatOf(encoding, best);
    }

    private static TableFormat FormatOf(string encoding, Guess best)
    {
        if (!best.Table.Any())
            return new(encoding, best.Delimiter, HasHeader: true, best.SkipRecords); // no record is whole: reading will say where
        var (head, isRejects) = (best.Table.First(), RejectsFile.IsHead(best.Table.First()));
        return new(encoding, best.Delimiter, HasHeader: isRejects || !head.Any(IsData), best.SkipRecords) { EmptyWord = EmptyWord(best), IsOwnExport = isRejects };
    }

    /// <summary>A picture, an archive or a workbook is full of control characters; a text has a stray one at most.</summary>
    private static bool IsText(string text)
    {
        var strange = text.Count(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f' or '\v'));
        return strange <= MostStrange || strange * 50 < text.Length;
    }

    /// <summary>The delimiter that a spreadsheet writes into the first line: "sep=;".</summary>
    private static char? Said(string start)
    {
        var line = start.TrimStart('\uFEFF').Split('\r', '\n')[0].Trim('"');
        return line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? line[4] : null;
    }

    private static async Task<List<string[]?>> RecordsAsync(ReadOnlyMemory<byte> sample, string encoding, char delimiter, bool isWhole)
    {
        var records = new List<string[]?>();
        using var parser = new TableParser(new MemoryStream(sample.ToArray()), encoding, delimiter, '"');
        while (records.Count < SampleRecords && await parser.ReadAsync(int.MaxValue) is { } cells)
        {
            if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                records.Add(parser.Misquoted() is null ? cells : null);
        }
        if (!isWhole && records.Count is > 1 and < SampleRecords)
            records.RemoveAt(records.Count - 1); // cut in the middle
        return records;
    }

    /// <summary>A label is no number, date, telephone number or address; a year may be one.</summary>
    private static bool IsData(string cell)
    {
        var text = CellText.Clean(cell);
        if (text.Length == 4 && text.All(char.IsAsciiDigit) && text[0] is '1' or '2')
            return text[1] is not ('9' or '0');
        return text.Length > 0 && ((text.Any(char.IsDigit) && !text.Any(char.IsLetter)) || EmailAddress.IsValid(text));
    }

    private static string? EmptyWord(Guess best) =>
        Array.Find(emptyWords, word => best.Table.SelectMany(cells => cells).Count(cell => string.Equals(cell, word, StringComparison.Ordinal)) > 1);

    /// <param name="Records">Null where quotes do not fit.</param>
    /// <param name="Notes">Records at the start known to be no part of the table.</param>
    private sealed record Guess(char Delimiter, List<string[]?> Records, int Notes)
    {
        /// <summary>The most usual number of cells.</summary>
        private int Columns { get; } = Records.OfType<string[]>().Skip(Notes).CountBy(cells => cells.Length).OrderByDescending(count => count.Value)
            .ThenByDescending(count => count.Key).FirstOrDefault().Key;

        /// <summary>Single cells above the first full record are notes of the program that wrote the file.</summary>
        public int SkipRecords { get; } = SkippedRecords(Records, Notes);

        public IEnumerable<string[]> Table => Records.Skip(SkipRecords).OfType<string[]>();

        /// <summary>Much the same number of cells everywhere, the header included, and rather more than fewer.</summary>
        public double Score
        {
            get
            {
                if (Records.Count <= SkipRecords || Columns < 2)
                    return 0; // one column is what is left when no delimiter fits
                var share = (double)Table.Count(cells => cells.Length == Columns) / (Records.Count - SkipRecords);
                return share * share * Math.Log2(Columns + 1) * (Records[SkipRecords]?.Length == Columns ? 1.5 : 1);
            }
        }

        private static int SkippedRecords(List<string[]?> records, int notes)
        {
            var full = records.FindIndex(notes, cells => cells is { Length: > 1 });
            return full > notes && full <= MostNotes && records.Skip(full).Count(cells => cells is { Length: > 1 }) > records.Count / 2 ? full : Math.Min(notes, records.Count);
        }
    }
}
