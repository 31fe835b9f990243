using System.Globalization;
using System.Text.RegularExpressions;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>A thing has one name, from the table to the address to the text people read: the product's own words and no synonyms.</summary>
public sealed partial class GlossaryTests
{
    /// <summary>The words of the business. A new one is added here when the domain gets it, not when code wants another name for something.</summary>
    private static readonly HashSet<string> Domain = new(
        ("Customer Contact Relationship Consent Share Activity Task Call Meeting Email Note Visit Promise Timeline Duplicate Different Merge Pool Lifecycle Attachment File Figure Address Reach Participant Direction Mood Outcome " +
         "Lead Pipeline Stage Deal Competitor Product Price Book Quote Order Invoice Contract Target Forecast Team Territory Rule Assignment " +
         "Segment Suppression Campaign Template Mailing Form Journey Survey Audience Ticket Sla Policy Clock Queue Mailbox Article Macro Satisfaction Feedback Improvement Claim Supplier Scorecard Care Plan Registration " +
         "Metric Snapshot Report Dashboard Goal Health Value User Role Grant Right Scope Audit Session Login Password Passkey Setup Organisation Owner Import Export Outbox Mail Job Work Key View Notification Field Setting Trash Search Portal Bulk Selection Hand Over")
        .Split(' '), StringComparer.Ordinal);

    /// <summary>What a word of the business has: its rows, runs, links.</summary>
    private static readonly HashSet<string> Parts = new(
        "Run Row Pair Entry Link Item Message Move Figures Membership Progress Line Step State Saved Kind Rules Record Match Sequence Address Version Data Protection Index Hit".Split(' '), StringComparer.Ordinal);

    /// <summary>The words of the pages themselves: shell, lists, forms, dates, sentences about what went wrong.</summary>
    private static readonly HashSet<string> Pages = new(
        ("Shell Nav Palette Composer Conflict Today Brief Account Sign In Sign-In List Filter Period Time Date Money Number Group Error Problem Confirm Dialog Toast Table Column Page Sort Upload Lookup Undo Theme " +
         "Density Language Format Zone Country Currency Choice Tag Tags Keys Shortcut Help Demo Seed Verb Command File Preview Print New Menu Status Unit Size Count Mapping Result Reject Home Welcome Site Log Check Person People Talker Saved Chip Empty History").Split(' '), StringComparer.Ordinal);

    /// <summary>First parts of addresses; settings, portal and api have more under them.</summary>
    private static readonly HashSet<string> Addresses = new(
        ("today inbox calendar tasks customers contacts leads deals quotes orders products price-books tickets articles campaigns segments mailings forms improvements reports dashboards goals activities consents relationships " +
         "search imports exports bulk trash undo files account settings sign-in sign-out session setup password portal api openapi live health errors duplicates input lookup notifications views help manifest").Split(' '), StringComparer.Ordinal);

    [Fact]
    public void Records_are_called_by_words_of_the_business()
    {
        var names = SourceTree.Files("src/CrmWeb.Domain", ".cs").SelectMany(f => Stored.Matches(f.Code).Select(m => m.Groups["name"].Value)).Distinct().ToList();

        Assert.True(names.Count > 10, "hardly any record was found");
        Expect.Nothing(names.Where(n => !Words(n).All(w => Domain.Contains(w) || Parts.Contains(w))).Select(n => $"{n} has a word that is not of the business"));
    }

    [Fact]
    public void Addresses_begin_with_words_people_know()
    {
        var first = SourceTree.Files("src/CrmWeb.Web", ".cs").SelectMany(Starts).ToList();

        Assert.True(first.Count > 10, "hardly any address was found");
        Expect.Nothing(first.Where(f => !Addresses.Contains(f.Segment)).Select(f => $"/{f.Segment} ({f.File}) is no address of the product"));
    }

    [Fact]
    public void Texts_are_kept_under_words_of_the_business_or_of_the_pages()
    {
        var choices = SourceTree.Files("src", ".cs").SelectMany(f => Choice.Matches(f.Code).Select(m => m.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        var prefixes = Localizer.Written(CultureInfo.InvariantCulture).Select(t => t.Key).Where(k => k.Contains('.', StringComparison.Ordinal)).Select(k => k.Split('.')[0]).Distinct().ToList();

        Assert.True(prefixes.Count > 20, "hardly any text was found");
        Expect.Nothing(prefixes.Where(p => !choices.Contains(p) && !Words(p).All(w => Domain.Contains(w) || Parts.Contains(w) || Pages.Contains(w))).Select(p => $"{p}.… is no word of the product"));
    }

    [Fact]
    public void Addresses_are_lower_case_nouns()
    {
        var templates = SourceTree.Files("src/CrmWeb.Web", ".cs").SelectMany(f => Template.Matches(f.Code).Select(m => (File: f, Text: m.Groups["text"].Value)));

        Expect.Nothing(templates.SelectMany(t => t.Text.Split('/').Where(s => s.Length > 0 && s[0] != '{' && !Segment.IsMatch(s)).Select(s => $"{t.File}: {t.Text}")));
    }

    private static IEnumerable<(string Segment, SourceFile File)> Starts(SourceFile file)
    {
        if (file.Code.Contains("abstract class", StringComparison.Ordinal))
            return []; // the address is its heirs'
        var prefix = Class.Match(file.Code).Groups["text"].Value;
        var templates = prefix.Length > 0 ? [prefix] : Template.Matches(file.Code).Select(m => m.Groups["text"].Value);
        return templates.Select(t => t.TrimStart('~').TrimStart('/').Split('/')[0]).Where(s => s.Length > 0 && s[0] != '{').Distinct().Select(s => (s, file));
    }

    /// <summary>"ImportRun" → "Import", "Run"; a plural counts as its singular.</summary>
    private static IEnumerable<string> Words(string name) => Word.Matches(name).Select(m => m.Value).Select(w =>
        Domain.Contains(w) || Parts.Contains(w) || Pages.Contains(w) ? w : w.EndsWith("ies", StringComparison.Ordinal) ? w[..^3] + "y" : w.TrimEnd('s'));

    [GeneratedRegex(@"class (?<name>\w+)(\([^)]*\))? : Record\b|sealed class (?<name>\w+)(\([^)]*\))?\s*\{\s*public (required )?long (Id|\w+Id) ", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Stored { get; }

    [GeneratedRegex(@"\benum (?<name>\w+)", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Choice { get; }

    [GeneratedRegex(@"\bRoute\(""(?<text>[^""{]+)""[^{}]*?\bclass\b", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Class { get; }

    [GeneratedRegex(@"(Route|Http(Get|Post|Put|Delete|Patch)|Map(Get|Post|Put|Delete))\(""(?<text>[^""]*)""", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Template { get; }

    [GeneratedRegex("^[a-z][a-z-]*$", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Segment { get; }

    [GeneratedRegex("[A-Z][a-z]*|[a-z]+", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Word { get; }
}
