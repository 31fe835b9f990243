namespace CrmWeb.Services.Access;

/// <summary>How long a password is: long enough not to be guessed, short enough not to keep the server busy.</summary>
public static class PasswordRules
{
    public const int Shortest = 12, Longest = 128;
}
