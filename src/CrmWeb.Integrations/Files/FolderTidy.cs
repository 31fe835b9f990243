using CrmWeb.Services.Common;

namespace CrmWeb.Integrations.Files;

/// <summary>Removes what killed uploads have left in the folder, and content that nothing refers to, both untouched for a while.</summary>
/// <remarks>
/// The same content may be uploaded at any moment, and its row is written a little later. An upload makes the file young again; so a file is first moved aside and only
/// then asked for its age. An upload that came before the move is seen by it, one that comes after it finds nothing and brings its own.
/// </remarks>
/// <param name="before">UTC; what was touched since stays.</param>
internal sealed class FolderTidy(string folder, DateTime before, ReferredContents referred)
{
    public const string Part = ".part";
    private const string Aside = ".aside";
    private const int Batch = 400;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!Directory.Exists(folder))
            return 0;

        var removed = Old(folder, $"*{Part}").Count(Remove);
        foreach (var shelf in Directory.GetDirectories(folder, "??"))
        {
            PutBack(shelf);
            foreach (var files in Old(shelf, "*").Where(IsContent).Chunk(Batch))
            {
                var wanted = await referred([.. files.Select(f => Path.GetFileName(f))], ct);
                removed += files.Count(f => !wanted.Contains(Path.GetFileName(f)) && Remove(f));
            }
        }
        return removed;
    }

    private IReadOnlyList<string> Old(string place, string pattern) => [.. Directory.GetFiles(place, pattern).Where(f => File.GetLastWriteTimeUtc(f) < before)];

    private static bool IsContent(string path) => FolderFileStore.IsHash(Path.GetFileName(path));

    private bool Remove(string path)
    {
        try
        {
            var aside = path + Aside;
            File.Move(path, aside);
            if (File.GetLastWriteTimeUtc(aside) < before)
            {
                File.Delete(aside);
                return true;
            }
            File.Move(aside, path, overwrite: true);
        }
        catch (IOException)
        {
            // Somebody reads it, or another instance was faster: it is looked at again the next night.
        }
        return false;
    }

    /// <summary>What a killed tidying had moved aside, and may be wanted.</summary>
    private static void PutBack(string shelf)
    {
        foreach (var aside in Directory.GetFiles(shelf, $"*{Aside}"))
            File.Move(aside, aside[..^Aside.Length], overwrite: true); // the same content, if it has come again
    }
}
