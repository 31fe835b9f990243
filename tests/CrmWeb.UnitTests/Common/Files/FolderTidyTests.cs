using CrmWeb.Integrations.Files;

namespace CrmWeb.UnitTests.Common;

/// <summary>The folder of files is tidied without losing what an upload brings in the same moment.</summary>
public sealed class FolderTidyTests : IDisposable
{
    private static readonly DateTime Before = DateTime.UtcNow.AddDays(-1);
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-tidy-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FolderFileStore Store => new(folder);

    [Fact]
    public async Task A_killed_upload_is_removed_when_it_is_a_day_old()
    {
        var (old, young) = (Path.Combine(folder, "a.part"), Path.Combine(folder, "b.part"));
        await File.WriteAllTextAsync(old, "half", Ct);
        await File.WriteAllTextAsync(young, "half", Ct);
        Age(old);

        Assert.Equal(1, await TidyAsync());
        Assert.Equal([young], Files());
    }

    [Fact]
    public async Task Content_goes_only_when_it_is_old_and_nothing_refers_to_it()
    {
        var (wanted, unwanted, young) = (await KeepAsync("wanted"), await KeepAsync("unwanted"), await KeepAsync("young"));
        Age(PlaceOf(wanted), PlaceOf(unwanted));

        Assert.Equal(1, await TidyAsync(wanted));
        Assert.Equal(new[] { wanted, young }.Order(StringComparer.Ordinal), Files().Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_upload_of_the_same_content_in_that_moment_keeps_it()
    {
        var hash = await KeepAsync("again");
        Age(PlaceOf(hash));

        var removed = await Store.TidyAsync(Before, async (_, _) =>
        {
            await KeepAsync("again"); // after the rows were asked, before its own is written
            return new HashSet<string>();
        }, Ct);

        Assert.Equal(0, removed);
        Assert.Equal([PlaceOf(hash)], Files());
    }

    [Fact]
    public async Task What_a_killed_tidying_had_in_hand_is_back_in_its_place()
    {
        var hash = await KeepAsync("in hand");
        File.Move(PlaceOf(hash), PlaceOf(hash) + ".aside");

        await TidyAsync(hash);

        Assert.Equal([PlaceOf(hash)], Files());
    }

    [Fact]
    public async Task Files_that_are_not_ours_stay()
    {
        Directory.CreateDirectory(Path.Combine(folder, "ab"));
        string[] others = [Path.Combine(folder, "ab", "notes.txt"), Path.Combine(folder, "readme")];
        foreach (var other in others)
            await File.WriteAllTextAsync(other, "x", Ct);
        Age(others);

        Assert.Equal(0, await TidyAsync());
        Assert.Equal(2, Files().Count());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<int> TidyAsync(params string[] wanted) => Store.TidyAsync(Before, (_, _) => Task.FromResult<IReadOnlySet<string>>(wanted.ToHashSet()), Ct);

    private async Task<string> KeepAsync(string content)
    {
        using var arrived = await Store.ReceiveAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), 100, Ct);
        arrived.Keep();
        return arrived.Hash;
    }

    private string PlaceOf(string hash) => Path.Combine(folder, hash[..2], hash);

    private static void Age(params string[] files)
    {
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, Before.AddMinutes(-1));
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
}
