using System.Globalization;
using System.Text.RegularExpressions;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

/// <summary>What holds for all texts of all modules.</summary>
public sealed partial class TextsTests
{
    private static readonly List<(string Module, string Key, string Text)> English = [.. Localizer.Written(CultureInfo.InvariantCulture)];
    private static readonly List<(string Module, string Key, string Text)> Chinese = [.. Localizer.Written(CultureInfo.GetCultureInfo("zh-Hans"))];

    [Fact]
    public void Every_text_exists_in_both_languages_of_its_module()
    {
        Assert.NotEmpty(English);

        Assert.Empty(English.Select(t => (t.Module, t.Key)).Except(Chinese.Select(t => (t.Module, t.Key))));
        Assert.Empty(Chinese.Select(t => (t.Module, t.Key)).Except(English.Select(t => (t.Module, t.Key))));
    }

    [Fact]
    public void A_key_belongs_to_one_module()
    {
        Assert.Empty(English.GroupBy(t => t.Key, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Both_languages_show_the_same_values()
    {
        var chinese = Chinese.ToDictionary(t => t.Key, t => t.Text, StringComparer.Ordinal);

        // "1 day" may be said without its number in English: the singular is compared with the other English form's values at most.
        Assert.Empty(English
            .Where(t => !(t.Key.EndsWith(".one", StringComparison.Ordinal) && Placeholders(t.Text).IsSubsetOf(Placeholders(chinese[t.Key]))))
            .Where(t => !Placeholders(t.Text).SetEquals(Placeholders(chinese[t.Key])))
            .Select(t => t.Key));
    }

    [Fact]
    public void A_count_has_both_its_forms()
    {
        var keys = English.Select(t => t.Key).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Stems(".other"), Stems(".one"));

        IEnumerable<string> Stems(string form) => keys.Where(k => k.EndsWith(form, StringComparison.Ordinal)).Select(k => k[..^form.Length]).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Every_text_can_be_filled_in()
    {
        foreach (var (_, key, text) in English.Concat(Chinese))
        {
            var failure = Record.Exception(() => string.Format(CultureInfo.InvariantCulture, text, 0, 1, 2, 3, 4, 5));
            Assert.True(failure is null, key);
        }
    }

    [Fact]
    public void Nothing_is_left_blank()
    {
        Assert.Empty(English.Concat(Chinese).Where(t => string.IsNullOrWhiteSpace(t.Text)).Select(t => t.Key));
    }

    private static HashSet<string> Placeholders(string text) =>
        [.. Placeholder.Matches(text).Select(m => m.Groups["n"].Value)];

    [GeneratedRegex(@"(?<!\{)\{(?<n>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }
}
