using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

/// <summary>Amounts as people read them, in the current format.</summary>
public static class MoneyText
{
    /// <summary>Without decimals from 1,000 upwards, with the currency's decimals below unless the amount is whole.</summary>
    /// <param name="mixed">Several currencies stand side by side: ¥ and $ say whose they are.</param>
    public static string Brief(decimal amount, string currency, bool mixed = false)
    {
        var digits = Math.Abs(amount) >= 1000 || decimal.IsInteger(amount) ? 0 : Decimals(currency);
        return Written(Number(amount, digits), currency, amount < 0, mixed);
    }

    /// <summary>With all decimals of the currency: documents.</summary>
    public static string Exact(decimal amount, string currency, bool mixed = false) =>
        Written(Number(amount, Decimals(currency)), currency, amount < 0, mixed);

    /// <summary>€2.31 M, €338k; ¥1,268 万, ¥3.2 亿: figures and charts. The language decides in what steps large numbers are counted.</summary>
    public static string Compact(decimal amount, string currency, IStringLocalizer texts, bool mixed = false)
    {
        var chinese = Localizer.IsChinese;
        var size = Math.Abs(amount);
        var (step, smallest) = chinese ? (10_000m, 10_000m) : (1_000m, 10_000m);
        if (size < smallest)
            return Brief(amount, currency, mixed);

        var tier = 1;
        for (size /= step; tier < 3 && Math.Round(size, chinese ? 1 : 2) >= step; tier++)
            size /= step;

        var shape = chinese ? (size < 1000 ? "#,##0.0" : "#,##0") : size >= 100 ? "#,##0" : size >= 10 ? "0.#" : "0.##";
        return Written(texts[$"Money.Tier{tier}", size.ToString(shape, CultureInfo.CurrentCulture)], currency, amount < 0, mixed);
    }

    /// <summary>Digits behind the point that the currency has.</summary>
    public static int Decimals(string currency) => currency switch
    {
        "JPY" or "KRW" or "VND" or "CLP" or "ISK" or "HUF" or "XAF" or "XOF" or "UGX" => 0,
        "BHD" or "KWD" or "OMR" or "JOD" or "TND" => 3,
        _ => 2,
    };

    private static string Number(decimal amount, int digits) =>
        Math.Round(Math.Abs(amount), digits, MidpointRounding.AwayFromZero).ToString($"N{digits}", CultureInfo.CurrentCulture);

    private static string Written(string number, string currency, bool negative, bool mixed)
    {
        if (currency.Length == 0) // it is not for the reader
            return negative ? $"-{number}" : number;
        var format = CultureInfo.CurrentCulture.NumberFormat;
        var symbol = Symbol(currency, mixed);
        var blank = char.IsAsciiLetter(symbol[^1]) ? "\u00a0" : "";
        var written = format.CurrencyPositivePattern switch
        {
            1 => $"{number}{blank}{symbol}",
            2 => $"{symbol}\u00a0{number}",
            3 => $"{number}\u00a0{symbol}",
            _ => $"{symbol}{blank}{number}",
        };
        return negative ? $"-{written}" : written;
    }

    private static string Symbol(string currency, bool mixed)
    {
        var home = CultureInfo.CurrentCulture.Name;
        return currency switch
        {
            "EUR" => "€",
            "GBP" => "£",
            "INR" => "₹",
            "KRW" => "₩",
            "CNY" => mixed || !home.StartsWith("zh", StringComparison.Ordinal) ? "CN¥" : "¥",
            "JPY" => mixed || !home.StartsWith("ja", StringComparison.Ordinal) ? "JP¥" : "¥",
            "USD" => mixed || OtherDollar(home) ? "US$" : "$",
            "AUD" => "A$",
            "CAD" => "CA$",
            "HKD" => "HK$",
            "NZD" => "NZ$",
            "SGD" => "S$",
            "TWD" => "NT$",
            _ => currency,
        };
    }

    private static bool OtherDollar(string home) => home is "en-AU" or "en-CA" or "fr-CA" or "en-NZ" or "en-SG" or "zh-HK" or "zh-TW" or "zh-SG" or "en-HK";
}
