using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmWeb.Services.Common;

/// <summary>Times of day as people type them into a form: 14:30, 1430, 2pm, 2.30 pm, 下午两点半.</summary>
public static partial class TimeInput
{
    public static bool TryParse(string? text, out TimeOnly time)
    {
        var typed = string.Concat((text ?? "").Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(c => !char.IsWhiteSpace(c)));
        var found = typed.Length is 0 or > 20 ? null : Clock(typed) ?? Chinese(typed);

        time = found ?? default;
        return found is not null;
    }

    /// <summary>The time as its field shows it, in the person's format.</summary>
    public static string Format(TimeOnly time, CultureInfo format) => time.ToString("t", format);

    private static TimeOnly? Clock(string typed)
    {
        if (Western.Match(typed) is not { Success: true } match)
            return null;

        var hour = DateInput.Part(match, "h");
        var minute = match.Groups["m"].Success ? DateInput.Part(match, "m") : 0;
        if (!match.Groups["half"].Success)
            return match.Groups["m"].Success || match.Groups["o"].Success ? At(hour, minute) : null;

        var afternoon = match.Groups["half"].Value[0] == 'p';
        return hour is >= 1 and <= 12 ? At((hour % 12) + (afternoon ? 12 : 0), minute) : null;
    }

    private static TimeOnly? Chinese(string typed)
    {
        if (Han.Match(typed) is not { Success: true } match || Number(match.Groups["h"].Value) is not { } hour)
            return null;

        var minute = match.Groups["half"].Success ? 30
            : match.Groups["q"].Success ? 15 * (Number(match.Groups["q"].Value) ?? 0)
            : match.Groups["m"].Success ? Number(match.Groups["m"].Value) ?? 60
            : 0;
        var late = match.Groups["part"].Value is "下午" or "晚上" or "傍晚" || (match.Groups["part"].Value is "中午" && hour < 11);
        return At(late && hour < 12 ? hour + 12 : hour, minute);
    }

    private static TimeOnly? At(int hour, int minute) => hour is >= 0 and <= 23 && minute is >= 0 and <= 59 ? new TimeOnly(hour, minute) : null;

    /// <summary>7, 十二, 二十三, 两.</summary>
    private static int? Number(string digits)
    {
        if (int.TryParse(digits, CultureInfo.InvariantCulture, out var number))
            return number;

        const string Numerals = "零一二三四五六七八九";
        var parts = digits.Replace('两', '二').Split('十');
        int One(string numeral, int empty) => numeral.Length == 0 ? empty : Numerals.IndexOf(numeral, StringComparison.Ordinal);
        return parts.Length switch
        {
            1 => One(parts[0], -1) is >= 0 and var one ? one : null,
            2 => (10 * One(parts[0], 1)) + One(parts[1], 0),
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?<h>[0-9]{1,2})((?<o>[:.h])|(?=[0-9]{2}(?![0-9]))|(?=[ap]))(?<m>[0-9]{2})?(:[0-9]{2})?(?<half>[ap]\.?m?\.?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Western { get; }

    [GeneratedRegex("^(?<part>上午|早上|中午|下午|傍晚|晚上|凌晨)?(?<h>[0-9]{1,2}|[零一二两三四五六七八九十]{1,3})[点时:]((?<half>半)|(?<q>[一三1-3])刻|(?<m>[0-9]{1,2}|[零一二三四五六七八九十]{1,3})分?|整)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Han { get; }
}
