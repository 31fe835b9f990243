using System.Globalization;
using System.Text;
using CsvHelper;

namespace CrmWeb.Services.Common;

/// <summary>Rows as comma-separated text (RFC 4180) in UTF-8 with its mark, which spreadsheets need to tell it from older encodings.</summary>
internal static class CsvTable
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static async Task WriteAsync(IReadOnlyList<string> heads, IAsyncEnumerable<IReadOnlyList<object?[]>> rows, Stream output, CancellationToken ct)
    {
        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 65_536, leaveOpen: true);
        await using var csv = new CsvWriter(text, CsvText.Written, leaveOpen: true);
        await WriteAsync(csv, heads);
        await foreach (var some in rows.WithCancellation(ct))
        {
            foreach (var row in some)
                await WriteAsync(csv, row);
        }
    }

    private static Task WriteAsync(CsvWriter csv, IReadOnlyList<object?> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(ExportCell.IsText(cell) ? CsvText.Safe(ExportCell.Text(cell)) : ExportCell.Text(cell));
        return csv.NextRecordAsync();
    }
}

/// <summary>Values in exported files.</summary>
internal static class ExportCell
{
    /// <summary>Whether people typed it: only then can it begin as a formula does.</summary>
    public static bool IsText(object? value) => value is not (null or bool or int or long or decimal or DateOnly or DateTime or Enum);

    /// <summary>As the import reads it again; of several choices, none is no word.</summary>
    public static string Text(object? value) => value is Enum choice && IsNone(choice) ? "" : FieldText.Write(value) ?? "";

    private static bool IsNone(Enum choice) => Convert.ToInt64(choice, CultureInfo.InvariantCulture) == 0 && choice.GetType().IsDefined(typeof(FlagsAttribute), inherit: false);
}
