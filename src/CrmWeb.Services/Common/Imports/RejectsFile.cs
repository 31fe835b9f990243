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
    /// <param name="rowsDone">Rows that were looked at, where it was stopped: those behind them are written too; null when all were.</param>
    public async Task WriteAsync(ImportSource source, Func<int, Task<IReadOnlyList<RejectedRow>>> rejected, int? rowsDone, TextWriter output, CancellationToken ct)
    {
        await using var csv = new CsvWriter(output, CsvText.Written, leaveOpen: true);
        var columns = await HeadAsync(source, csv, ct);
        var (waiting, index) = (new Queue<RejectedRow>(await rejected(0)), 0);
        await foreach (var row in source.RowsAsync(ct))
        {
            var isBehind = index++ >= rowsDone;
            if (waiting.Count == 0 && rowsDone is null)
                break;
            if (!isBehind && (waiting.Count == 0 || row.Line != waiting.Peek().Line))
                continue;
            var reject = isBehind ? new(row.Line, [new("Import.Row.NotReached", Column: null, [])]) : waiting.Dequeue();
            await WriteAsync(csv, row, reject, columns);
            if (!isBehind && waiting.Count == 0)
                waiting = new(await rejected(reject.Line));
        }
    }

    private async Task<int> HeadAsync(ImportSource source, CsvWriter csv, CancellationToken ct)
    {
        await using var file = await source.OpenAsync(ct);
        foreach (var head in file.Columns.Select((c, i) => c.Length > 0 ? c : $"{i + 1}").Append(texts[LineHead]).Append(texts[ReasonHead]))
            csv.WriteField(CsvText.Safe(head));
        await csv.NextRecordAsync();
        return file.Columns.Count;
    }

    private Task WriteAsync(CsvWriter csv, TableRow row, RejectedRow reject, int columns)
    {
        foreach (var cell in row.Cells.Select((c, i) => ImportFixes.Written(c, row.KindOf(i), habits)).Concat(Enumerable.Repeat("", Math.Max(0, columns - row.Cells.Length))))
            csv.WriteField(CsvText.Safe(cell));
        csv.WriteField(reject.Line);
        csv.WriteField(CsvText.Safe(string.Join("; ", reject.Reasons.Select(r => Sentence(texts, r)))));
        return csv.NextRecordAsync();
    }

    /// <summary>The reason as people read it, with the column it is about.</summary>
    public static string Sentence(IStringLocalizer texts, RowReason reason) =>
        reason.Column is null ? texts[reason.Text, [.. reason.Values]] : texts["Import.Row.InColumn", reason.Column, texts[reason.Text, [.. reason.Values]].Value];
}
