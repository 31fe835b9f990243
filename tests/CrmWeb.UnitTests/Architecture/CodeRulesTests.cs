using System.Text.RegularExpressions;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>What no line of the product does.</summary>
public sealed class CodeRulesTests
{
    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", "the clock is given: TimeProvider")]
    [InlineData(@"\bThread\.Sleep\b", "a thread does not wait")]
    [InlineData(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\)", "a thread does not wait for a task", "src/CrmWeb.Data/Access/Keys/KeyRows.cs")] // an interface that cannot wait
    [InlineData(@"\bTask\.Delay\([^,)]*\)", "waiting can be cancelled, and knows the clock")]
    [InlineData(@"#pragma warning disable|SuppressMessage", "what a warning says is done")]
    [InlineData(@"#nullable disable", "null is a matter of types")]
    [InlineData(@"\bdynamic\b", "types are known")]
    [InlineData(@"#region", "a file that needs folding is two")]
    [InlineData(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b", "what is not built is not there")]
    [InlineData(@"catch\s*(\(\s*Exception(\s+\w+)?\s*\))?\s*\{\s*\}", "a failure is not swallowed")]
    [InlineData(@"\bConsole\.Write", "the log, or the writer a verb is given", "src/CrmWeb.Web/Program.cs")]
    [InlineData(@"Html\.Raw\(|new HtmlString\(", "text is text", "src/CrmWeb.Web/Common/Frame/Shell.cs")] // attributes made of the product's own words
    public void Nothing_in_the_product_does_this(string pattern, string instead, params string[] except)
    {
        var found = new Regex(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        Expect.Nothing(SourceTree.Files("src", ".cs", ".cshtml").Where(f => !except.Contains(f.Name)).SelectMany(f => found.Matches(f.Code).Select(m => $"{f}: {m.Value} ({instead})")));
    }

    /// <summary>SQL as text is joined in Data alone, and values are never part of it.</summary>
    [Fact]
    public void SQL_is_written_in_data_alone_and_takes_values_as_parameters()
    {
        var raw = new Regex(@"\b(FromSqlRaw|ExecuteSqlRaw(Async)?|SqlQueryRaw)\b(<\w+>)?\(\s*(?<first>\$|[^""$])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        var text = new Regex(@"""\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|PRAGMA|CREATE (TABLE|INDEX|VIEW|TRIGGER))\s", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        Expect.Nothing(SourceTree.Files("src", ".cs").SelectMany(f => raw.Matches(f.Code).Select(m => $"{f}: {m.Value}")));
        Expect.Nothing(SourceTree.Files("src", ".cs", ".cshtml").Where(f => !f.Project.StartsWith("CrmWeb.Data", StringComparison.Ordinal)).SelectMany(f => text.Matches(f.Code).Select(m => $"{f}: {m.Value}")));
    }

    /// <summary>A comment that names a tool or a person's machine tells a reader nothing about the product.</summary>
    [Fact]
    public void Files_speak_of_the_product_only()
    {
        var foreign = new Regex(@"/work/|/tmp/|localhost:(?!5080\b)\d+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        var files = SourceTree.Files("src", ".cs", ".cshtml", ".resx", ".js", ".css");

        Expect.Nothing(files.SelectMany(f => foreign.Matches(f.Text).Select(m => $"{f}: {m.Value}")));
    }

    [Fact]
    public void Views_hold_no_script_no_style_and_no_handler()
    {
        var inline = new Regex(@"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)|<style\b|\sstyle=""|\son[a-z]+=""|javascript:|\shx-on", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        Expect.Nothing(SourceTree.Files("src/CrmWeb.Web", ".cshtml").SelectMany(f => inline.Matches(f.Text).Select(m => $"{f}: {m.Value}")));
    }
}
