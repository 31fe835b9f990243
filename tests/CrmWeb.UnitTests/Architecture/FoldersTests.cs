using System.Text.RegularExpressions;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>One name, one folder, every project: a feature is found by its name, and nothing is sorted by kind.</summary>
public sealed partial class FoldersTests
{
    private static readonly string[] Modules = ["Customers", "Sales", "Marketing", "Support", "Portal", "Partners", "Analysis", "Access", "Automation", "Common"];

    private static readonly string[] Kinds =
    [
        "Models", "ViewModels", "Interfaces", "Helpers", "Utils", "Utilities", "Dtos", "Dto", "Enums", "Services", "Controllers", "Views", "Entities", "Repositories", "Exceptions", "Extensions",
        "Mappers", "Validators", "Constants", "Types", "Base", "Shared", "Misc", "Handlers", "Managers", "Configurations", "ValueObjects", "Fixtures", "Mocks", "Builders",
    ];

    /// <summary>Folders of a test project that are about all modules.</summary>
    private static readonly Dictionary<string, string[]> Further = new(StringComparer.Ordinal)
    {
        ["CrmWeb.UnitTests"] = ["Architecture"],
        ["CrmWeb.DataTests"] = ["TSql"],
        ["CrmWeb.Integrations"] = ["Mail", "Files"], // adapters are named by what is outside
        ["CrmWeb.Web"] = ["wwwroot", "Properties"],
    };

    private static IEnumerable<SourceFile> All => SourceTree.Files("src", ".cs", ".cshtml", ".resx").Concat(SourceTree.Files("tests", ".cs")).Where(f => f.Project.StartsWith("CrmWeb.", StringComparison.Ordinal));

    [Fact]
    public void Every_folder_of_a_project_is_a_module() =>
        Expect.Nothing(All.Where(f => f.Folders.Length > 2 && !Modules.Contains(f.Inside[0]) && !Further.GetValueOrDefault(f.Project, []).Contains(f.Inside[0])).Select(f => $"{f.Project}/{f.Inside[0]}").Distinct());

    [Fact]
    public void No_folder_is_named_by_a_kind_of_file() =>
        Expect.Nothing(All.SelectMany(f => f.Folders.Skip(2).Where(folder => Kinds.Contains(folder, StringComparer.OrdinalIgnoreCase)).Select(folder => $"{string.Join('/', f.Folders)}: {folder}")).Distinct());

    /// <summary>What one project calls Contacts no other calls Contact or People.</summary>
    [Fact]
    public void A_record_types_folder_has_the_same_name_in_every_project()
    {
        var domain = Subfolders("CrmWeb.Domain");

        var twins = from project in SourceTree.Projects.Except(["CrmWeb.Domain", "CrmWeb.Integrations"])
                    from folder in Subfolders(project)
                    where !folder.StartsWith("Common/", StringComparison.Ordinal) // what serves all may be about things of the same name
                    from known in domain
                    where folder != known && (Singular(folder) == Singular(known) || folder.EndsWith('/' + known.Split('/')[1], StringComparison.Ordinal))
                    select $"{project}/{folder} beside {known}";
        Expect.Nothing(twins);
    }

    /// <summary>A record's own files lie in its folder, wherever it has files.</summary>
    [Fact]
    public void Files_about_a_record_type_lie_in_its_folder()
    {
        var homes = Entities().ToDictionary(e => e.Name, e => e.Folder, StringComparer.Ordinal);
        string[] endings = ["Service", "Type", "Hooks", "Configuration", "Controller"];

        var astray = from file in SourceTree.Files("src", ".cs")
                     from ending in endings
                     let name = Path.GetFileNameWithoutExtension(file.Name)
                     where name.EndsWith(ending, StringComparison.Ordinal)
                     let subject = Subject(name[..^ending.Length].TrimStart('I'), homes)
                     where subject is not null && string.Join('/', file.Inside) != homes[subject] && !homes[subject].StartsWith(string.Join('/', file.Inside) + "/", StringComparison.Ordinal)
                     select $"{file} is about {subject}, which lives in {homes[subject]}";
        Expect.Nothing(astray);
    }

    [Fact]
    public void Namespaces_end_at_the_module_and_in_web_at_the_folder()
    {
        var wrong = from file in SourceTree.Files("src", ".cs")
                    let declared = Namespace.Match(file.Code).Groups["name"].Value
                    where declared.Length > 0
                    let expected = Expected(file)
                    where declared != expected
                    select $"{file}: {declared}, not {expected}";
        Expect.Nothing(wrong);

        static string Expected(SourceFile file) => (file.Project, file.Inside) switch
        {
            (var project, []) => project,
            ("CrmWeb.Web", var folders) => string.Join('.', folders.Prepend("CrmWeb.Web")),
            (var project, var folders) => $"{project}.{folders[0]}",
        };
    }

    [Fact]
    public void Every_file_fits_on_a_few_screens()
    {
        var files = SourceTree.Files("src", ".cs", ".cshtml").Concat(SourceTree.Files("tests", ".cs"));

        Expect.Nothing(files.Where(f => f.Lines.Length > 350).Select(f => $"{f} has {f.Lines.Length} lines"));
    }

    private static List<string> Subfolders(string project) =>
        [.. SourceTree.Files($"src/{project}", ".cs", ".cshtml").Where(f => f.Inside.Length > 1).Select(f => $"{f.Inside[0]}/{f.Inside[1]}").Distinct()];

    private static IEnumerable<(string Name, string Folder)> Entities() =>
        SourceTree.Files("src/CrmWeb.Domain", ".cs").SelectMany(f => Entity.Matches(f.Code).Select(m => (m.Groups["name"].Value, string.Join('/', f.Inside))));

    private static string? Subject(string name, Dictionary<string, string> homes) =>
        homes.ContainsKey(name) ? name : name.EndsWith("ies", StringComparison.Ordinal) && homes.ContainsKey(name[..^3] + "y") ? name[..^3] + "y" : name.EndsWith('s') && homes.ContainsKey(name[..^1]) ? name[..^1] : null;

    private static string Singular(string folder) => folder.EndsWith("ies", StringComparison.Ordinal) ? folder[..^3] + "y" : folder.TrimEnd('s');

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Namespace { get; }

    [GeneratedRegex(@"class (?<name>\w+)(\([^)]*\))? : Record\b", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Entity { get; }
}
