using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>What a cell says: a value, nothing (both null), or a problem.</summary>
public readonly record struct CellValue<T>(T? Value, Broken? Problem)
    where T : struct;

/// <summary>How the values of a column are written.</summary>
/// <param name="Culture">Decimal mark, order of day and month, names of months. <see cref="CultureInfo.InvariantCulture"/> when it is not known: then 3/4/2024 is a question.</param>
/// <param name="Zone">Where times without a zone are meant, and where a moment becomes a day.</param>
/// <param name="Serials">Whether bare numbers are days counted by a spreadsheet.</param>
public sealed record CellFormat(CultureInfo Culture, TimeZoneInfo Zone, SerialDates Serials = SerialDates.None);

/// <summary>The first day a spreadsheet counts from.</summary>
public enum SerialDates { None, From1900, From1904 }

/// <summary>Values out of the text of cells, as strictly as a person would read them: what could mean two things is a problem, not a guess.</summary>
public static class CellValues
{
    private static readonly HashSet<string> yes = Words("yes y true t 1 on x ja oui si sim vrai wahr verdadero 是 有 对 真 真的 启用 开 √ ✓ ✔ はい 예 네");
    private static readonly HashSet<string> no = Words("no n false f 0 off nein non nao nej faux falsch falso 否 无 没有 错 假 不是 停用 关 × ✗ ✘ いいえ 아니오 아니요");

    /// <summary>1,234.56 · (1,234.56) · 12.5 % · ¥1,234.50 · 123万 · 壹仟贰佰元整.</summary>
    public static CellValue<decimal> Number(string cell, CultureInfo culture) => CellNumbers.Read(cell, culture);

    /// <summary>A whole number.</summary>
    public static CellValue<long> Whole(string cell, CultureInfo culture) => Number(cell, culture) switch
    {
        { Value: { } number } when decimal.Truncate(number) == number && Math.Abs(number) <= long.MaxValue => new((long)number, null),
        { Value: not null } => new(null, new("Import.Cell.NotWhole", null, cell)),
        var other => new(null, other.Problem),
    };

    /// <summary>A day; of a moment with a zone, the day it is in the column's zone.</summary>
    public static CellValue<DateOnly> Date(string cell, CellFormat format) => CellDates.ReadDay(cell, format);

    /// <summary>A moment in UTC; a day without a time is its midnight in the column's zone.</summary>
    public static CellValue<DateTime> Moment(string cell, CellFormat format) => CellDates.ReadMoment(cell, format);

    /// <summary>yes, true, 1, 是, √, oui … and their opposites.</summary>
    public static CellValue<bool> Flag(string cell)
    {
        var word = TextFold.Fold(cell);
        return word.Length == 0 ? default
            : yes.Contains(word) ? new(Value: true, null)
            : no.Contains(word) ? new(Value: false, null)
            : new(null, new("Import.Cell.NotYesOrNo", null, Shown(cell)));
    }

    /// <summary>Whether a cell says in words that it is empty.</summary>
    internal static bool IsNothing(string plain) => plain.ToUpperInvariant() is "" or "-" or "--" or "–" or "—" or "N/A" or "#N/A" or "NA" or "NULL" or "NIL" or "无" or "無";

    /// <summary>The cell as a message shows it.</summary>
    internal static string Shown(string cell) => cell.Length <= 60 ? cell : $"{cell[..60]}…";

    private static HashSet<string> Words(string list) => new(list.Split(' ').Select(TextFold.Fold), StringComparer.Ordinal);
}
