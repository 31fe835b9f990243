using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Frame;

namespace CrmWeb.WebTests.Common.Front;

/// <summary>What holds for the files the browser gets and the views that name them.</summary>
public sealed partial class FilesTests
{
    private static readonly string Web = Path.Combine(Root(), "src", "CrmWeb.Web");
    private static readonly string Files = Path.Combine(Web, "wwwroot");

    private static readonly (string Path, string Text)[] Views =
        [.. Directory.GetFiles(Web, "*.cshtml", SearchOption.AllDirectories).Select(p => (Path.GetRelativePath(Web, p), File.ReadAllText(p)))];

    [Fact]
    public void Vendored_files_are_those_of_the_manifest()
    {
        var listed = JsonSerializer.Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(Path.Combine(Files, "lib", "manifest.json")))!;
        var found = Directory.GetFiles(Path.Combine(Files, "lib"), "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Path.Combine(Files, "lib"), p).Replace('\\', '/')).Where(p => p != "manifest.json" && !p.EndsWith("/LICENSE", StringComparison.Ordinal));

        Assert.Equal(listed.Select(l => l["file"]).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.All(listed, l => Assert.Equal(l["sha256"], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Files, "lib", l["file"]))))));
        Assert.All(listed, l => Assert.True(File.Exists(Path.Combine(Files, "lib", Path.GetDirectoryName(l["file"])!, "LICENSE")), l["file"]));
    }

    [Fact]
    public void Every_icon_a_view_names_is_in_the_sprite()
    {
        var sprite = SymbolId.Matches(File.ReadAllText(Path.Combine(Files, Assets.Sprite))).Select(m => m.Groups["id"].Value).ToHashSet(StringComparer.Ordinal);
        var named = Views.SelectMany(v => IconName.Matches(v.Text).Select(m => (v.Path, Icon: m.Groups["icon"].Value))).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, n => !sprite.Contains(n.Icon));
    }

    [Fact]
    public void Every_text_a_view_names_exists()
    {
        var texts = new Localizer();
        var named = Views.SelectMany(v => TextKey.Matches(v.Text).Select(m => (v.Path, Key: m.Groups["key"].Value))).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, n => texts[n.Key].ResourceNotFound && texts[$"{n.Key}.other"].ResourceNotFound);
    }

    [Fact]
    public void No_view_has_inline_style_or_script()
    {
        Assert.Empty(Views.Where(v => Inline.IsMatch(v.Text)).Select(v => v.Path));
        Assert.DoesNotContain("data:", File.ReadAllText(Path.Combine(Files, "css", "app.css")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_has_its_own_short_file()
    {
        var files = Directory.GetFiles(Path.Combine(Files, "js"), "*.js").ToDictionary(p => Path.GetFileNameWithoutExtension(p), File.ReadAllLines, StringComparer.Ordinal);

        Assert.Equal(files.Keys.Where(f => f != "core").Order(StringComparer.Ordinal), Assets.Elements.Order(StringComparer.Ordinal));
        Assert.All(files.Where(f => f.Key != "core"), f => Assert.InRange(f.Value.Length, 1, 150));
        Assert.All(files.Values, lines => Assert.DoesNotContain(lines, l => Unsafe.IsMatch(l)));
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "CrmWeb.sln")))
            at = at.Parent ?? throw new InvalidOperationException("The repository is not above the tests.");
        return at.FullName;
    }

    [GeneratedRegex("<symbol id=\"(?<id>[a-z0-9-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SymbolId { get; }

    [GeneratedRegex("(<crm-icon[^>]* name=|<crm-(item|menu|badge)[^>]* icon=)\"(?<icon>[a-z0-9-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IconName { get; }

    [GeneratedRegex(@"\bL(\.Count\(|\[)""(?<key>[A-Za-z0-9.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextKey { get; }

    [GeneratedRegex(@"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:|hx-on|js:", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Inline { get; }

    [GeneratedRegex(@"\beval\(|new Function|setAttribute\('style'|document\.write|\.on[a-z]+ = '", RegexOptions.None, 1000)]
    private static partial Regex Unsafe { get; }
}
