using System.Text;
using System.Text.Json;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

/// <summary>Reads whole tables, as tests like them.</summary>
internal static class Tables
{
    public sealed record Read(TableFormat Format, IReadOnlyList<string> Columns, List<TableRow> Rows, int BlankRows)
    {
        public IEnumerable<string[]> Cells => Rows.Select(row => row.Cells);
    }

    /// <param name="change">What a user changes in the detected format.</param>
    public static Task<Read> FileAsync(string file, Func<TableFormat, TableFormat>? change = null) => BytesAsync(File.ReadAllBytes(TestData.PathOf(file)), change);

    public static Task<Read> TextAsync(string text, Func<TableFormat, TableFormat>? change = null) => BytesAsync(Encoding.UTF8.GetBytes(text), change);

    public static async Task<Read> BytesAsync(byte[] bytes, Func<TableFormat, TableFormat>? change = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var stream = new MemoryStream(bytes);
        var format = await TableFile.DetectAsync(stream, ct);
        await using var table = await TableFile.OpenAsync(stream, change?.Invoke(format) ?? format, ct);
        return new(format, table.Columns, await table.RowsAsync(ct).ToListAsync(ct), table.BlankRows);
    }

    /// <summary>A file of expected rows: column to cell.</summary>
    public static List<Dictionary<string, string>> Expected(string file) =>
        JsonSerializer.Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(TestData.PathOf(file)))!;

    public static List<Dictionary<string, string>> AsDictionaries(this Read table) =>
        [.. table.Cells.Select(cells => table.Columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
}
