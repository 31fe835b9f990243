using System.Collections.Frozen;
using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Countries by ISO 3166 code, found by their names in English, Chinese and their own language.</summary>
public static class Countries
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en"), Chinese = CultureInfo.GetCultureInfo("zh-Hans");

    private static readonly Lazy<FrozenDictionary<string, RegionInfo>> All = new(() => CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name))
        .Where(r => r.TwoLetterISORegionName.Length == 2 && char.IsAsciiLetterUpper(r.TwoLetterISORegionName[0]))
        .DistinctBy(r => r.TwoLetterISORegionName)
        .ToFrozenDictionary(r => r.TwoLetterISORegionName, StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(ByName);

    /// <summary>The code of a country given by code or name; null when there is none.</summary>
    public static string? Code(string text)
    {
        var typed = text.Trim();
        return All.Value.TryGetValue(typed, out var region) ? region.TwoLetterISORegionName : Names.Value.GetValueOrDefault(TextFold.Fold(typed));
    }

    /// <summary>What readers of the language call the country; other texts as they are.</summary>
    public static string Name(string code, CultureInfo language) => All.Value.TryGetValue(code, out var region) ? NameOf(region, language) : code;

    /// <summary>Code and name of all countries, sorted for the language.</summary>
    public static IEnumerable<(string Code, string Name)> List(CultureInfo language) =>
        All.Value.Values.Select(r => (r.TwoLetterISORegionName, NameOf(r, language))).OrderBy(r => r.Item2, StringComparer.Create(language, CompareOptions.IgnoreCase));

    private static string NameOf(RegionInfo region, CultureInfo language)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = language; // RegionInfo has names for the reader's language only through it
            return region.DisplayName;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static FrozenDictionary<string, string> ByName()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["usa"] = "US", ["uk"] = "GB", ["great britain"] = "GB", ["england"] = "GB", ["korea"] = "KR", ["holland"] = "NL" };
        foreach (var region in All.Value.Values)
        {
            foreach (var name in new[] { region.EnglishName, region.NativeName, region.ThreeLetterISORegionName, NameOf(region, English), NameOf(region, Chinese) })
                names.TryAdd(TextFold.Fold(name), region.TwoLetterISORegionName);
        }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
