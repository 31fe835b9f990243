using System.Text.RegularExpressions;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>The files of the repository, as the tests about all code read them.</summary>
internal static class SourceTree
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "Migrations", "lib", "App_Data"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Projects { get; } = [.. Directory.GetDirectories(Path.Combine(Root, "src"), "CrmWeb.*").Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    /// <summary>Everything that is written by hand under a folder of the repository.</summary>
    public static IReadOnlyList<SourceFile> Files(string under, params string[] extensions) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, under), "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f)))
            .Select(f => new SourceFile(Path.GetRelativePath(Root, f).Replace('\\', '/')))
            .Where(f => !f.Folders.Intersect(Generated, StringComparer.Ordinal).Any())
            .OrderBy(f => f.Name, StringComparer.Ordinal)];

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrmWeb.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside their repository.");
        return folder;
    }
}

/// <param name="Name">Path from the root, with slashes: "src/CrmWeb.Web/Customers/Contacts/Show.cshtml".</param>
internal sealed partial record SourceFile(string Name)
{
    public string Text => field ??= File.ReadAllText(Path.Combine(SourceTree.Root, Name));

    public string[] Lines => Text.Split('\n');

    /// <summary>"src", "CrmWeb.Web", "Customers", "Contacts".</summary>
    public string[] Folders => Name.Split('/')[..^1];

    public string Project => Folders.Length > 1 ? Folders[1] : "";

    /// <summary>Folders inside the project.</summary>
    public string[] Inside => Folders[2..];

    /// <summary>The code without its comments; strings stay.</summary>
    public string Code => Comments.Replace(Text, m => m.Value[0] is '/' ? "" : m.Value);

    // A string or character is taken as a whole, so that what looks like a comment inside one stays.
    [GeneratedRegex("""("{3,}[\s\S]*?"{3,}|@"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*[\s\S]*?\*/)""", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Comments { get; }

    public override string ToString() => Name;
}

/// <summary>Assertions whose failure is read in full.</summary>
internal static class Expect
{
    private const int MostShown = 60;

    public static void Nothing(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, all.Take(MostShown))}");
    }
}
