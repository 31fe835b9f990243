using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>References point one way: Web → Integrations, Data.* → Data → Services → Domain, which sees nobody.</summary>
public sealed partial class ReferencesTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["CrmWeb.Domain"] = [],
        ["CrmWeb.Services"] = ["CrmWeb.Domain"],
        ["CrmWeb.Integrations"] = ["CrmWeb.Services", "CrmWeb.Domain"],
        ["CrmWeb.Data"] = ["CrmWeb.Services", "CrmWeb.Domain"],
        ["CrmWeb.Data.Sqlite"] = ["CrmWeb.Data", "CrmWeb.Services", "CrmWeb.Domain"],
        ["CrmWeb.Data.SqlServer"] = ["CrmWeb.Data", "CrmWeb.Services", "CrmWeb.Domain"],
        ["CrmWeb.Web"] = ["CrmWeb.Integrations", "CrmWeb.Data.Sqlite", "CrmWeb.Data.SqlServer", "CrmWeb.Data", "CrmWeb.Services", "CrmWeb.Domain"],
    };

    [Fact]
    public void There_are_exactly_the_projects_of_the_design() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), SourceTree.Projects);

    [Fact]
    public void Project_files_refer_one_way() =>
        Expect.Nothing(SourceTree.Projects.SelectMany(p => References(p, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(Allowed[p]).Select(r => $"{p} refers to {r}")));

    [Fact]
    public void What_was_compiled_refers_one_way()
    {
        string[] compiled = ["CrmWeb.Domain", "CrmWeb.Services", "CrmWeb.Integrations", "CrmWeb.Data"];
        var assemblies = compiled.Select(Assembly.Load);

        Expect.Nothing(assemblies.SelectMany(a => Ours(a).Except(Allowed[a.GetName().Name!]).Select(r => $"{a.GetName().Name} uses {r}")));

        static IEnumerable<string> Ours(Assembly assembly) => assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(r => r.StartsWith("CrmWeb.", StringComparison.Ordinal));
    }

    [Fact]
    public void Domain_needs_no_package_and_nothing_but_the_runtime()
    {
        Assert.Empty(References("CrmWeb.Domain", "PackageReference"));
        Expect.Nothing(Assembly.Load("CrmWeb.Domain").GetReferencedAssemblies().Select(r => r.Name!).Where(r => !r.StartsWith("System.", StringComparison.Ordinal) && r != "netstandard"));
    }

    [Fact]
    public void Services_know_no_database_and_no_web()
    {
        string[] foreign = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Data", "MailKit", "MimeKit"];

        Expect.Nothing(Assembly.Load("CrmWeb.Services").GetReferencedAssemblies().Select(r => r.Name!).Where(r => Array.Exists(foreign, f => r.StartsWith(f, StringComparison.Ordinal))));
        Expect.Nothing(References("CrmWeb.Services", "PackageReference").Where(r => Array.Exists(foreign, f => r.StartsWith(f, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore", "CrmWeb.Data", "CrmWeb.Data.Sqlite", "CrmWeb.Data.SqlServer")]
    [InlineData("Microsoft.Data.Sqlite", "CrmWeb.Data.Sqlite")]
    [InlineData("Microsoft.Data.SqlClient", "CrmWeb.Data.SqlServer")]
    [InlineData("MailKit", "CrmWeb.Integrations")]
    [InlineData("Microsoft.AspNetCore.Mvc", "CrmWeb.Web")]
    public void A_technique_is_named_only_where_it_belongs(string technique, params string[] projects)
    {
        var used = new Regex($@"^\s*(global )?using (static )?{Regex.Escape(technique)}\b|[^.\w]{Regex.Escape(technique)}\.", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        Expect.Nothing(SourceTree.Files("src", ".cs", ".cshtml").Where(f => !projects.Contains(f.Project) && used.IsMatch(f.Code)).Select(f => $"{f} uses {technique}"));
        Assert.Contains(SourceTree.Files("src", ".cs"), f => projects.Contains(f.Project) && used.IsMatch(f.Code));
    }

    /// <summary>A controller asks one service; the database is the services' affair.</summary>
    [Fact]
    public void No_controller_is_given_the_database_or_a_repository() =>
        Expect.Nothing(SourceTree.Files("src/CrmWeb.Web", ".cs").SelectMany(f => Controllers.Matches(f.Code).Where(m => Database.IsMatch(m.Value)).Select(m => $"{f}: {m.Value}")));

    [Fact]
    public void Versions_stand_in_one_place() =>
        Expect.Nothing(Directory.EnumerateFiles(SourceTree.Root, "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains("artifacts", StringComparison.Ordinal))
            .Where(p => XDocument.Load(p).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null)));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj")).Descendants(kind).Select(r => r.Attribute("Include")!.Value.Replace('\\', '/'));

    [GeneratedRegex(@"class \w+Controller\b[^{;]*", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Controllers { get; }

    [GeneratedRegex(@"\b(CrmDb|IRepository<|IUnitOfWork|DbContext)\b", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Database { get; }
}
