using System.Collections.Frozen;
using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Languages customers speak, by BCP 47 tag, with their English and Chinese names (Unicode CLDR 48).</summary>
public static class Languages
{
    private const string Table = """
        ar|Arabic|阿拉伯语
        bg|Bulgarian|保加利亚语
        bn|Bangla|孟加拉语
        ca|Catalan|加泰罗尼亚语
        cs|Czech|捷克语
        da|Danish|丹麦语
        de|German|德语
        el|Greek|希腊语
        en|English|英语
        es|Spanish|西班牙语
        et|Estonian|爱沙尼亚语
        fa|Persian|波斯语
        fi|Finnish|芬兰语
        fr|French|法语
        ga|Irish|爱尔兰语
        he|Hebrew|希伯来语
        hi|Hindi|印地语
        hr|Croatian|克罗地亚语
        hu|Hungarian|匈牙利语
        id|Indonesian|印度尼西亚语
        is|Icelandic|冰岛语
        it|Italian|意大利语
        ja|Japanese|日语
        kk|Kazakh|哈萨克语
        ko|Korean|韩语
        lt|Lithuanian|立陶宛语
        lv|Latvian|拉脱维亚语
        ms|Malay|马来语
        nb|Norwegian Bokmål|书面挪威语
        nl|Dutch|荷兰语
        pl|Polish|波兰语
        pt|Portuguese|葡萄牙语
        ro|Romanian|罗马尼亚语
        ru|Russian|俄语
        sk|Slovak|斯洛伐克语
        sl|Slovenian|斯洛文尼亚语
        sr|Serbian|塞尔维亚语
        sv|Swedish|瑞典语
        sw|Swahili|斯瓦希里语
        ta|Tamil|泰米尔语
        th|Thai|泰语
        tr|Turkish|土耳其语
        uk|Ukrainian|乌克兰语
        ur|Urdu|乌尔都语
        vi|Vietnamese|越南语
        zh-Hans|Simplified Chinese|简体中文
        zh-Hant|Traditional Chinese|繁体中文
        """;

    private static readonly FrozenDictionary<string, (string Tag, string English, string Chinese)> ByTag = Table.Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|')).ToFrozenDictionary(p => p[0], p => (p[0], p[1], p[2]), StringComparer.OrdinalIgnoreCase);

    /// <summary>Names in either language, folded, to their tags.</summary>
    private static readonly FrozenDictionary<string, string> ByName = ByTag.Values.SelectMany(l => new[] { (Name: l.English, l.Tag), (Name: l.Chinese, l.Tag) })
        .ToFrozenDictionary(l => TextFold.Fold(l.Name), l => l.Tag, StringComparer.Ordinal);

    /// <summary>What readers of the language call the one of the tag; other tags as they are.</summary>
    public static string Name(string tag, CultureInfo language) => ByTag.TryGetValue(tag, out var known) ? In(known, language) : tag;

    /// <summary>The tag of a language given by tag or name; null when it is none of these.</summary>
    public static string? Tag(string text) => ByTag.TryGetValue(text.Trim(), out var known) ? known.Tag : ByName.GetValueOrDefault(TextFold.Fold(text.Trim()));

    /// <summary>All of them with the names readers of the language call them, in its order.</summary>
    public static IReadOnlyList<(string Tag, string Name)> In(CultureInfo language) =>
        [.. ByTag.Values.Select(l => (l.Tag, Name: In(l, language))).OrderBy(l => l.Name, StringComparer.Create(language, CompareOptions.None))];

    private static string In((string Tag, string English, string Chinese) known, CultureInfo language) => language.TwoLetterISOLanguageName == "zh" ? known.Chinese : known.English;
}
