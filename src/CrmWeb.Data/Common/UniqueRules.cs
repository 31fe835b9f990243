namespace CrmWeb.Data.Common;

/// <summary>What a unique index forbids, in the words of a rule.</summary>
internal static class UniqueRules
{
    public static Broken Broken(string index) => index switch
    {
        _ when index.Contains("Email", StringComparison.Ordinal) => new("User.EmailTaken", "Email"),
        _ when index.Contains("ExternalId", StringComparison.Ordinal) => new("Error.ExternalIdTaken", "ExternalId"),
        _ when index.Contains("Roles", StringComparison.Ordinal) => new("Role.NameTaken", "Name"),
        _ => new("Error.Taken"),
    };
}
