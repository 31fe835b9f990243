using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

/// <summary>Writes rejected rows with their reasons, in the columns of the file they came from.</summary>
internal sealed class RejectsFile(IStringLocalizer texts, Habits habits)
{
    private const string LineHead = "Import.Rejects.Line", ReasonHead = "Import.Rejects.Reason";

    /// <summary>Whether the columns of a file end as those of such a file do, in one of the languages it is written in.</summary>
    public static bool IsHead(string[] cells) =>
        cells is [.., var line, var reason] && Localizer.InAll(LineHead).Zip(Localizer.InAll(ReasonHead)).Contains((line, reason));

    /// <param name="rejected">The next rejected rows behind a line, none at the end.</param>
    public async Task WriteAsync(TableFile file, Func<int, Task<IReadOnlyList<RejectedRow>>> rejected, TextWriter output, CancellationToken ct)
    {
        await using var _ = file;
        await using var csv = new CsvWriter(output, CsvText.Written, leaveOpen: true);
        foreach (var head in file.Columns.Select((c, i) => c.Length > 0 ? c : $"{i + 1}").Append(texts[LineHead]).Append(texts[ReasonHead]))
            csv.WriteField(CsvText.Safe(head));
        await csv.NextRecordAsync();

        var waiting = new Queue<RejectedRow>(await rejected(0));
        await foreach (var row in file.RowsAsync(ct))
        {
            if (waiting.Count == 0)
                break;
            if (row.Line != waiting.Peek().Line)
                continue;
            var reject = waiting.Dequeue();
            foreach (var cell in row.Cells.Select((c, i) => Written(c, row.KindOf(i))).Concat(Enumerable.Repeat("", Math.Max(0, file.Columns.Count - row.Cells.Length))))
                csv.WriteField(CsvText.Safe(cell));
            csv.WriteField(reject.Line);
            csv.WriteField(CsvText.Safe(string.Join("; ", reject.Reasons.Select(r => Sentence(texts, r)))));
            await csv.NextRecordAsync();
            if (waiting.Count == 0)
                waiting = new(await rejected(reject.Line));
        }
    }

    /// <summary>Numbers of a sheet as the person writes them: so they are read when the file comes back.</summary>
    private string Written(string cell, CellKind kind) =>
        kind == CellKind.Value && decimal.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && cell.Contains('.', StringComparison.Ordinal) ? number.ToString(habits.Format) : cell;

    /// <summary>The reason as people read it, with the column it is about.</summary>
    public static string Sentence(IStringLocalizer texts, RowReason reason) =>
        reason.Column is null ? texts[reason.Text, [.. reason.Values]] : texts["Import.Row.InColumn", reason.Column, texts[reason.Text, [.. reason.Values]].Value];
}
