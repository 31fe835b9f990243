namespace CrmWeb.DataTests.Common;

/// <summary>Assertions whose failure is read in full.</summary>
internal static class Expect
{
    private const int MostShown = 25;

    /// <summary>Nothing is wrong.</summary>
    public static void Nothing(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, all.Take(MostShown))}");
    }
}
