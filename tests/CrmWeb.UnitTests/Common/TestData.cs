namespace CrmWeb.UnitTests.Common;

/// <summary>The files under tests/data.</summary>
internal static class TestData
{
    public static string PathOf(string file) => Path.Combine(Root(), "tests", "data", Path.Combine(file.Split('/')));

    public static IEnumerable<string[]> Tsv(string file) => File.ReadLines(PathOf(file)).Skip(1).Select(line => line.Split('\t'));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrmWeb.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside their repository.");
        return folder;
    }
}
