namespace CrmWeb.Services.Access;

/// <summary>Which passwords are taken: long enough not to be guessed, short enough not to keep the server busy, and not what everybody knows.</summary>
public static class PasswordRules
{
    public const int Shortest = 12, Longest = 128;
    private const int FewestKinds = 5;

    /// <summary>What is wrong with a password for the user with this address.</summary>
    /// <param name="isDemo">The demo's own password is taken in the demo only.</param>
    public static IEnumerable<Broken> Check(string password, string? email, bool isDemo, string property = "Password")
    {
        if (password.Length < Shortest)
            yield return new("Password.TooShort", property, Shortest);
        else if (password.Length > Longest)
            yield return new("Password.TooLong", property, Longest);
        else if (string.Equals(password, email, StringComparison.OrdinalIgnoreCase))
            yield return new("Password.IsEmail", property);
        else if (password.Distinct().Count() < FewestKinds || (!isDemo && password == DemoSignIns.Password))
            yield return new("Password.TooEasy", property);
    }
}
