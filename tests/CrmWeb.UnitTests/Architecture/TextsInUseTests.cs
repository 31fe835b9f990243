using System.Globalization;
using System.Text.RegularExpressions;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>Every text that is asked for exists, and every text that exists is asked for.</summary>
public sealed partial class TextsInUseTests
{
    private static readonly HashSet<string> Keys = [.. Localizer.Written(CultureInfo.InvariantCulture).Select(t => t.Key)];

    /// <summary>Looks like a text and is none.</summary>
    private static readonly HashSet<string> Purposes = new(["Outbox.Link"], StringComparer.Ordinal);

    private static readonly IReadOnlyList<SourceFile> Sources = SourceTree.Files("src", ".cs", ".cshtml", ".js");

    [Fact]
    public void Every_text_that_is_asked_for_exists()
    {
        var missing = from file in Sources
                      from match in Asked.Matches(file.Code)
                      let key = match.Groups["key"].Value
                      where !Keys.Contains(key) && !Keys.Contains(key + ".other")
                      select $"{file}: {key}";

        Expect.Nothing(missing.Distinct());
    }

    /// <summary>A misspelt key of a rule is found where it is written, not by the user it is shown to.</summary>
    [Fact]
    public void Every_dotted_name_that_begins_like_a_text_is_one()
    {
        var prefixes = Keys.Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => k.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var stems = Keys.SelectMany(k => Enumerable.Range(0, k.Length).Where(i => k[i] == '.').Select(i => k[..i])).ToHashSet(StringComparer.Ordinal);

        var wrong = from file in Sources
                    from match in Dotted.Matches(file.Code)
                    let key = match.Groups["key"].Value
                    where !Purposes.Contains(key) && prefixes.Contains(key.Split('.')[0]) && !Keys.Contains(key) && !stems.Contains(key.TrimEnd('.'))
                    select $"{file}: {key}";
        Expect.Nothing(wrong.Distinct());
    }

    [Fact]
    public void Every_text_is_used()
    {
        var literals = Sources.SelectMany(f => Literal.Matches(f.Code).Select(m => m.Groups["key"].Value)).ToHashSet(StringComparer.Ordinal);
        var patterns = Sources.SelectMany(f => Composed.Matches(f.Code).Select(m => m.Groups["key"].Value)).Where(HasSubstance).Distinct().Select(AsRegex).ToList();
        var choices = Sources.SelectMany(f => Choice.Matches(f.Code)).SelectMany(m => Member.Matches(m.Groups["members"].Value).Select(v => $"{m.Groups["name"].Value}.{v.Value}")).ToHashSet(StringComparer.Ordinal);
        var beginnings = Sources.SelectMany(f => Beginning.Matches(f.Code).Select(m => m.Groups["key"].Value)).ToHashSet(StringComparer.Ordinal);
        var fields = Sources.Where(f => f.Name.EndsWith("Type.cs", StringComparison.Ordinal)).SelectMany(Labels).Concat(PropertyLabels()).Concat(Sources.SelectMany(FormLabels)).ToHashSet(StringComparer.Ordinal);

        var used = literals.Concat(choices).Concat(fields).ToHashSet(StringComparer.Ordinal);
        var unused = Keys.Where(k => !Array.Exists([k, Stem(k), Stem(k) + ".other"], name => used.Contains(name) || patterns.Exists(p => p.IsMatch(name)) || beginnings.Any(b => name.StartsWith(b, StringComparison.Ordinal))));
        Expect.Nothing(unused.Order(StringComparer.Ordinal));
    }

    private static string Stem(string key) => key.EndsWith(".one", StringComparison.Ordinal) ? key[..^4] : key.EndsWith(".other", StringComparison.Ordinal) ? key[..^6] : key;

    /// <summary>Of a composed name something must be said: not "{type}.{field}", which could be any.</summary>
    private static bool HasSubstance(string composed) => Hole.Replace(composed, "").Count(char.IsLetter) >= 3;

    private static Regex AsRegex(string composed) =>
        new($"^{string.Join("[A-Za-z0-9.]+", Hole.Split(composed).Select(Regex.Escape))}$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    /// <summary>Labels, groups and views that the catalogue makes of a record type's description.</summary>
    private static IEnumerable<string> Labels(SourceFile file)
    {
        var type = Path.GetFileName(file.Name)[..^"Type.cs".Length];
        return DescribedField.Matches(file.Code).Select(m => $"{type}.{m.Groups["name"].Value}")
            .Concat(DescribedView.Matches(file.Code).Select(m => $"{type}.View.{m.Groups["name"].Value}"))
            .Concat(DescribedGroup.Matches(file.Code).Select(m => $"{type}.Group.{m.Groups["name"].Value}"));
    }

    /// <summary>What the audit and the rules call a property of a record.</summary>
    private static IEnumerable<string> PropertyLabels() => typeof(Domain.Common.Record).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Domain.Common.Record)))
        .SelectMany(t => t.GetProperties().Select(p => $"{t.Name}.{p.Name}"));

    /// <summary>Labels of a form's properties, which are found by their names.</summary>
    private static IEnumerable<string> FormLabels(SourceFile file)
    {
        var owners = Owner.Matches(file.Code).Select(m => m.Groups["name"].Value).Distinct().Append("Field").ToList();
        return file.Name.EndsWith(".cs", StringComparison.Ordinal) && owners.Count > 1 ? Member.Matches(file.Code).SelectMany(m => owners.Select(o => $"{o}.{m.Value}")) : [];
    }

    [GeneratedRegex(@"(\bL|\btexts|\bLocalizer|\blocalizer)(\[|\.Count\(|\.First\()\s*""(?<key>[^""{]+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Asked { get; }

    [GeneratedRegex(@"(?<![$@])""(?<key>[A-Z]\w*(\.\w+)+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Dotted { get; }

    [GeneratedRegex(@"[""'](?<key>[A-Za-z]\w*(\.\w+)*)[""']", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Literal { get; }

    [GeneratedRegex(@"\$""(?<key>[^""\s]*\{[^""\s]*)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Composed { get; }

    [GeneratedRegex(@"\$""(?<key>[A-Z][\w.]*\.)\{", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Beginning { get; }

    [GeneratedRegex(@"\b(TextsOf\(""(?<name>\w+)""\)|(record|class) (?<name>\w+)Form\b)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Owner { get; }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Hole { get; }

    [GeneratedRegex(@"\benum (?<name>\w+)[^{]*\{(?<members>[^}]*)\}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Choice { get; }

    [GeneratedRegex(@"\b[A-Z]\w*\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Member { get; }

    [GeneratedRegex(@"Field\(\w+ => \w+\.(Figures!\.)?(?<name>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex DescribedField { get; }

    [GeneratedRegex(@"new\(""(?<name>\w+)"", ""[^""]*""\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex DescribedView { get; }

    [GeneratedRegex(@"\.In\(""(?<name>\w+)""\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex DescribedGroup { get; }
}
