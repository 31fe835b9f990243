using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Countries by ISO 3166 code, with their English and Chinese names (Unicode CLDR 48), and found by these and by their own names.</summary>
public static class Countries
{
    private static readonly Lazy<FrozenDictionary<string, Country>> All = new(Read);

    private static readonly Lazy<FrozenDictionary<string, string>> ByName = new(Names);

    /// <summary>The code of a country given by code or name; null when there is none.</summary>
    public static string? Code(string text)
    {
        var typed = text.Trim();
        return All.Value.TryGetValue(typed, out var country) ? country.Code : ByName.Value.GetValueOrDefault(TextFold.Fold(typed));
    }

    /// <summary>As records keep a country: its code where it is known, otherwise as it was typed.</summary>
    [return: NotNullIfNotNull(nameof(typed))]
    public static string? Stored(string? typed) => typed is null ? null : Code(typed) ?? typed;

    /// <summary>What readers of the language call the country; other texts as they are.</summary>
    public static string Name(string code, CultureInfo language) => All.Value.TryGetValue(code, out var country) ? country.In(language) : code;

    /// <summary>All of them with the names readers of the language call them, in its order.</summary>
    public static IReadOnlyList<(string Code, string Name)> In(CultureInfo language) => Lists.GetOrAdd(language.TwoLetterISOLanguageName, _ =>
        [.. All.Value.Values.Select(c => (c.Code, c.In(language))).OrderBy(c => c.Item2, StringComparer.Create(language, CompareOptions.None))]);

    private static readonly ConcurrentDictionary<string, IReadOnlyList<(string, string)>> Lists = new(StringComparer.Ordinal);

    private static FrozenDictionary<string, Country> Read()
    {
        using var stream = typeof(Countries).Assembly.GetManifestResourceStream("countries.txt")!;
        using var lines = new StreamReader(stream);
        var countries = new List<Country>();
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            countries.Add(new(parts[0], parts[1], parts[2], parts[3..]));
        }
        return countries.ToFrozenDictionary(c => c.Code, StringComparer.OrdinalIgnoreCase);
    }

    private static FrozenDictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["usa"] = "US",
            ["great britain"] = "GB",
            ["england"] = "GB",
            ["korea"] = "KR",
            ["holland"] = "NL",
            ["czech republic"] = "CZ",
            ["turkey"] = "TR",
        };
        foreach (var country in All.Value.Values)
        {
            foreach (var name in country.Others.Append(country.English).Append(country.Chinese).Append(OwnName(country.Code)))
                names.TryAdd(TextFold.Fold(name), country.Code);
        }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string OwnName(string code)
    {
        try
        {
            return new RegionInfo(code).NativeName;
        }
        catch (ArgumentException)
        {
            return code; // a territory this machine's culture data does not know
        }
    }

    private sealed record Country(string Code, string English, string Chinese, IReadOnlyList<string> Others)
    {
        public string In(CultureInfo language) => language.TwoLetterISOLanguageName == "zh" ? Chinese : English;
    }
}
