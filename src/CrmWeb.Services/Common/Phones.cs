using PhoneNumbers;

namespace CrmWeb.Services.Common;

/// <summary>A telephone number that is valid in its country.</summary>
/// <param name="E164">"+8613800138000": how numbers are stored, compared and dialled.</param>
/// <param name="Extension">Digits dialled after the answer; null for most.</param>
public readonly record struct Phone(string E164, string? Extension);

/// <summary>Telephone numbers as people type them.</summary>
public static class Phones
{
    private const int LeastDigits = 3, MostDigits = 25, MaxLength = 60;
    private static readonly PhoneNumberUtil util = PhoneNumberUtil.GetInstance();
    private static readonly string[] extensionWords = ["转分机", "转", "轉", "分机", "分機", "内线", "內線", "내선"];

    /// <summary>The number in E.164; null when the text is no valid number or could mean another one: then keep the text.</summary>
    /// <param name="countryCode">ISO 3166 country of the person, for numbers without a country code in front.</param>
    public static string? ToE164(string raw, string? countryCode) => Parse(raw, countryCode)?.E164;

    /// <summary>As <see cref="ToE164"/>, with the extension.</summary>
    public static Phone? Parse(string raw, string? countryCode)
    {
        var text = raw.Trim();
        if (!MayBeNumber(text))
            return null;
        foreach (var word in extensionWords)
            text = text.Replace(word, " ext. ", StringComparison.Ordinal); // words of the library are those of other languages
        try
        {
            var number = util.Parse(text, countryCode?.Trim().ToUpperInvariant());
            return util.IsValidNumber(number) || (IsInternational(text) && util.IsPossibleNumber(number))
                ? new(util.Format(number, PhoneNumberFormat.E164), number.HasExtension ? number.Extension : null)
                : null;
        }
        catch (NumberParseException) // the library's only answer to what it cannot read
        {
            return null;
        }
    }

    /// <summary>The number as it is written in the viewer's own country, with its country code elsewhere; text that is no E.164 number as it is.</summary>
    public static string Display(string e164, string? viewerRegion, string? extension = null)
    {
        if (!e164.StartsWith('+') || !e164.AsSpan(1).ContainsOnlyDigits())
            return e164;
        PhoneNumber number;
        try
        {
            number = util.Parse(e164, defaultRegion: null);
        }
        catch (NumberParseException)
        {
            return e164;
        }
        var isOwn = viewerRegion is not null && util.GetCountryCodeForRegion(viewerRegion.ToUpperInvariant()) == number.CountryCode;
        if (extension is not null)
            number = number.ToBuilder().SetExtension(extension).Build();
        return util.Format(number, isOwn ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
    }

    /// <summary>
    /// Refuses before the costly parsing what is too short or long, two numbers in one cell, and a number a spreadsheet has rounded (8.61E+12).
    /// </summary>
    private static bool MayBeNumber(string text)
    {
        if (text.Length is < LeastDigits or > MaxLength || text.AsSpan().IndexOfAny('/', ';', ',') >= 0 || text.Contains("E+", StringComparison.OrdinalIgnoreCase))
            return false;
        var digits = text.Count(char.IsDigit);
        return digits is >= LeastDigits and <= MostDigits;
    }

    /// <summary>Written in full: nothing is guessed, so the right length is enough. Number plans change faster than the library's list of them.</summary>
    private static bool IsInternational(string text) => text[0] is '+' or '＋';

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
