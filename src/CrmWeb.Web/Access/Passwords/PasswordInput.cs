namespace CrmWeb.Web.Access.Passwords;

/// <summary>A field for a password, with a button that shows what was typed.</summary>
/// <param name="Autocomplete">current-password or new-password, for password managers.</param>
public sealed record PasswordInput(string Name, string Label, string Autocomplete)
{
    public string? Help { get; init; }

    /// <summary>Only ever the one that the demo tells everybody.</summary>
    public string? Value { get; init; }
}
