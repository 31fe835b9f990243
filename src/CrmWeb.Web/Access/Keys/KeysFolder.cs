using CrmWeb.Services.Common;

namespace CrmWeb.Web.Access.Keys;

/// <summary>The key files beside the embedded database.</summary>
internal static class KeysFolder
{
    public static string PathOf(SiteOptions site) => Path.Combine(site.DataPath, "keys");

    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(SiteOptions site, CancellationToken ct)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(PathOf(site)) ? Directory.EnumerateFiles(PathOf(site), "*.xml") : [])
            keys[Path.GetFileName(file)] = await File.ReadAllTextAsync(file, ct);
        return keys;
    }

    public static async Task WriteAsync(SiteOptions site, IReadOnlyDictionary<string, string> keys, CancellationToken ct)
    {
        foreach (var (name, xml) in keys.Where(k => Path.GetFileName(k.Key) == k.Key && k.Key.EndsWith(".xml", StringComparison.Ordinal)))
            await File.WriteAllTextAsync(Path.Combine(PathOf(site), name), xml, ct);
    }

    public static bool Exists(SiteOptions site) => Directory.Exists(PathOf(site)) && Directory.EnumerateFiles(PathOf(site), "key-*.xml").Any();
}
