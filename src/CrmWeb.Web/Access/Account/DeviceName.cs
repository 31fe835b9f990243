using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Access.Account;

/// <summary>What people call the browser a session runs in: "Firefox, Windows".</summary>
internal static class DeviceName
{
    // Each names itself after those it descends from, so the first that fits is the one.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("MicroMessenger", "WeChat"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string? agent, IStringLocalizer texts)
    {
        string?[] parts = [First(Browsers, agent), First(Systems, agent)];
        var known = parts.OfType<string>().ToList();
        return known.Count > 0 ? string.Join(texts["ListSeparator"], known) : texts["Unknown"];
    }

    private static string? First((string Mark, string Name)[] known, string? agent) =>
        agent is null ? null : known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
