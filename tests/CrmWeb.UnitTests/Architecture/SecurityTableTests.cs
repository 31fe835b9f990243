using System.Text.RegularExpressions;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>docs/security.md names tests that exist, and every line there has one.</summary>
public sealed partial class SecurityTableTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs/security.md"));

    [Fact]
    public void Every_test_it_names_is_there()
    {
        var tests = SourceTree.Files("tests", ".cs").ToDictionary(f => f.Name, f => f.Code, StringComparer.Ordinal);
        var named = Lines.SelectMany(l => Test.Matches(l)).Select(m => (Class: m.Groups["class"].Value, Method: m.Groups["method"].Value)).Distinct().ToList();

        Assert.True(named.Count > 80, $"only {named.Count} tests are named");
        Expect.Nothing(named.Where(n => !tests.Any(t => t.Key.EndsWith($"/{n.Class}.cs", StringComparison.Ordinal) && t.Value.Contains($" {n.Method}(", StringComparison.Ordinal))).Select(n => $"{n.Class}.{n.Method} is not there"));
    }

    [Fact]
    public void Every_line_has_a_test() =>
        Expect.Nothing(Lines.Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| ---", StringComparison.Ordinal) && !l.StartsWith("| What holds", StringComparison.Ordinal) && !Test.IsMatch(l)));

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test { get; }
}
