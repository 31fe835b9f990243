namespace CrmWeb.Services.Common;

/// <summary>Numbers in Chinese characters, in plain and in banker's capitals, and figures with Chinese units: 一千二百, 壹仟贰佰叁拾肆元伍角整, 123万, 1亿2000万.</summary>
internal static class ChineseNumbers
{
    private const string Figures = "零一二三四五六七八九", Capitals = "零壹贰叁肆伍陆柒捌玖", Traditional = "〇壹貳叄肆伍陸柒捌玖";
    private const decimal Most = 1_000_000_000_000_000_000; // times the largest unit it still fits
    private const string Units = "十拾百佰千仟万萬亿億";

    public static bool Has(string text) => text.AsSpan().IndexOfAny($"{Figures}{Capitals}{Traditional}{Units}两") >= 0;

    /// <summary>Whether an amount ends in its currency and fractions: 元整, 角, 分.</summary>
    public static bool IsCapital(string text) => Has(text) && text.AsSpan().IndexOfAny("元圆圓块") is >= 0 and var at && at < text.Length - 1;

    /// <param name="figures">Reads a run of ordinary figures.</param>
    public static decimal? Read(string text, Func<string, decimal?> figures)
    {
        var amount = text.TrimEnd('整', '正');
        var at = amount.AsSpan().IndexOfAny("元圆圓块");
        if (at < 0)
            return Whole(amount, figures);
        var (whole, fractions) = (Whole(amount[..at], figures), Fractions(amount[(at + 1)..].TrimStart('零')));
        return whole + fractions;
    }

    /// <summary>伍角, 伍角贰分, 贰分.</summary>
    private static decimal? Fractions(string text)
    {
        var (sum, rest) = (0m, text);
        foreach (var (unit, worth) in new[] { ('角', 0.1m), ('分', 0.01m) })
        {
            if (rest.Length >= 2 && rest[1] == unit && Figure(rest[0]) is { } figure)
                (sum, rest) = (sum + figure * worth, rest[2..].TrimStart('零'));
        }
        return rest.Length == 0 ? sum : null;
    }

    private static decimal? Whole(string text, Func<string, decimal?> figures)
    {
        var (total, section, current) = (0m, 0m, (decimal?)null);
        for (var i = 0; i < text.Length; i++)
        {
            if (total + section + (current ?? 0) > Most)
                return null;
            var c = text[i];
            if (Figure(c) is { } figure)
            {
                current = current is { } before ? before * 10 + figure : figure; // 二〇二四
            }
            else if (UnitOf(c) is { } unit)
            {
                if (current is null && (section + total == 0 && unit != 10 || unit == 10 && i > 0 && UnitOf(text[i - 1]) is null))
                    return null; // a unit of nothing
                if (unit < 10_000)
                    section += (current ?? 1) * unit;
                else if (unit == 10_000)
                    (total, section) = (total + (section + (current ?? 0)) * unit, 0);
                else
                    (total, section) = ((total + section + (current ?? 0)) * unit, 0);
                current = null;
            }
            else
            {
                var end = i;
                while (end < text.Length && Figure(text[end]) is null && UnitOf(text[end]) is null)
                    end++;
                if (current is not null || figures(text[i..end].Trim()) is not { } number)
                    return null;
                (current, i) = (number, end - 1);
            }
        }
        return total + section + (current ?? 0);
    }

    private static int? Figure(char c) => c == '两' ? 2
        : Figures.IndexOf(c, StringComparison.Ordinal) is >= 0 and var plain ? plain
        : Capitals.IndexOf(c, StringComparison.Ordinal) is >= 0 and var capital ? capital
        : Traditional.IndexOf(c, StringComparison.Ordinal) is >= 0 and var traditional ? traditional : null;

    private static decimal? UnitOf(char c) => Units.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? at switch
    {
        < 2 => 10,
        < 4 => 100,
        < 6 => 1_000,
        < 8 => 10_000,
        _ => 100_000_000,
    } : null;
}
