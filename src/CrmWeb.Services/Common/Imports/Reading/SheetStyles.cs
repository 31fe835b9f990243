using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>What numbers of a cell's style mean.</summary>
internal enum NumberMeaning { Number, Day, Time, Elapsed }

/// <summary>The number formats of a workbook, as far as they tell days and times from other numbers.</summary>
internal sealed class SheetStyles
{
    private const int MostStyles = 100_000;

    private readonly List<NumberMeaning> meanings = [];

    public static SheetStyles None { get; } = new();

    public NumberMeaning MeaningOf(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < meanings.Count ? meanings[number] : NumberMeaning.Number;

    public static SheetStyles Read(XmlPart part)
    {
        var (styles, formats, isCells) = (new SheetStyles(), new Dictionary<string, NumberMeaning>(StringComparer.Ordinal), false);
        while (part.NextElement())
        {
            part.Mark();
            switch (part.Name)
            {
                case "numFmt" when part["numFmtId"] is { } id && formats.Count < MostStyles:
                    formats[id] = MeaningOfCode(part["formatCode"] ?? "");
                    break;
                case "cellXfs" or "cellStyleXfs" or "cellStyles" or "dxfs":
                    isCells = part.Name == "cellXfs";
                    break;
                case "xf" when isCells && styles.meanings.Count < MostStyles:
                    var format = part["numFmtId"] ?? "0";
                    styles.meanings.Add(formats.TryGetValue(format, out var meaning) ? meaning : BuiltIn(format));
                    break;
            }
        }
        return styles;
    }

    /// <summary>The numbers whose formats a workbook need not write down (ECMA-376, 18.8.30), those of East Asian languages included.</summary>
    private static NumberMeaning BuiltIn(string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number switch
    {
        46 => NumberMeaning.Elapsed,
        18 or 19 or 20 or 21 or 32 or 33 or 34 or 35 or 45 or 47 or 55 or 56 => NumberMeaning.Time,
        14 or 15 or 16 or 17 or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => NumberMeaning.Day,
        _ => NumberMeaning.Number,
    } : NumberMeaning.Number;

    /// <summary>Letters outside of quotes: y or d make a day, h or s a time, [h] a length of time.</summary>
    internal static NumberMeaning MeaningOfCode(string code)
    {
        var (day, time, elapsed, month) = (false, false, false, false);
        for (var i = 0; i < code.Length && code[i] != ';'; i++) // the first section is that of ordinary values
        {
            switch (char.ToLowerInvariant(code[i]))
            {
                case '"':
                    i = Behind(code, '"', i);
                    break;
                case '[':
                    elapsed |= i + 1 < code.Length && char.ToLowerInvariant(code[i + 1]) is 'h' or 'm' or 's';
                    i = Behind(code, ']', i);
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'g' when code.AsSpan(i).StartsWith("General", StringComparison.OrdinalIgnoreCase):
                    return NumberMeaning.Number;
                case 'e' when i > 0 && code[i - 1] is '0' or '#' or '.': // 0.00E+00
                    return NumberMeaning.Number;
                case 'y' or 'd' or 'e':
                    day = true;
                    break;
                case 'm':
                    month = true;
                    break;
                case 'h' or 's':
                    time = true;
                    break;
            }
        }
        return elapsed ? NumberMeaning.Elapsed : day || (month && !time) ? NumberMeaning.Day : time ? NumberMeaning.Time : NumberMeaning.Number;
    }

    private static int Behind(string code, char end, int from) => code.IndexOf(end, from + 1) is >= 0 and var at ? at : code.Length;
}
