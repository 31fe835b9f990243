namespace CrmWeb.Services.Access;

/// <summary>The people of the demo company who sign in. Their password is no secret, and is refused everywhere else.</summary>
public static class DemoSignIns
{
    public const string Password = "Demo-2026-crm";

    public static IReadOnlyList<string> Emails { get; } = ["admin@demo.crmweb", "manager@demo.crmweb", "sales@demo.crmweb", "marketing@demo.crmweb", "support@demo.crmweb"];

    /// <summary>The address that begins with this name.</summary>
    public static string? Find(string? name) => Emails.FirstOrDefault(e => name is not null && e.StartsWith($"{name}@", StringComparison.Ordinal));
}
