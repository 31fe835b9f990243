using System.Text.RegularExpressions;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>Rows of the audit are added and read. What the save pipeline cannot see, statements that change rows where they lie, is looked for in the code.</summary>
public sealed partial class AuditTests
{
    [Fact]
    public void No_statement_changes_or_removes_rows_of_the_audit()
    {
        var files = SourceTree.Files("src", ".cs");

        Assert.Contains(files, f => f.Code.Contains("Set<AuditEntry>()", StringComparison.Ordinal));
        Expect.Nothing(files.SelectMany(f => Statement.Matches(f.Text).Select(m => $"{f.Name}: {m.Value}")));
    }

    [GeneratedRegex(@"AuditEntry>\(\)[^;]*Execute(Update|Delete)|(UPDATE|DELETE\s+FROM|TRUNCATE\s+TABLE|DROP\s+TABLE)\s+[""\[]?Audit\b|Remove(Range)?\([^;]*AuditEntry", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Statement { get; }
}
