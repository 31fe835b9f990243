using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>Who an avatar stands for: round for people, square for companies.</summary>
public enum AvatarKind { Person, User, Company }

/// <summary>The one or two letters on an avatar without a picture, and its tint.</summary>
public static class Initials
{
    private const int Tints = 6;

    /// <summary>First letters of the given and the family name; colleagues with Han names by their given name, contacts by their family name, companies by their first character.</summary>
    /// <param name="brief">Room for one Han character only.</param>
    public static string Of(string? name, AvatarKind kind, bool brief = false)
    {
        var words = (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(w => w.TrimStart('(', '（', '"', '“', '#', '-', '&')).Where(w => w.Length > 0 && IsWord(w)).ToList();
        if (words.Count == 0)
            return "?";

        if (Rune.TryGetRuneAt(words[0], 0, out var first) && Script.IsCjk(first))
            return kind == AvatarKind.User ? GivenName(words, brief) : first.ToString();

        var last = kind == AvatarKind.Company ? words[Math.Min(1, words.Count - 1)] : words[^1];
        return words.Count == 1 ? Upper(Letters(words[0], 2)) : Upper(Letters(words[0], 1) + Letters(last, 1));
    }

    /// <summary>0 to 5, always the same for the same id.</summary>
    public static int Tint(long id) => (int)((ulong)id * 0x9E3779B97F4A7C15 >> 32) % Tints is var tint && tint < 0 ? tint + Tints : tint;

    private static string GivenName(List<string> words, bool brief)
    {
        var name = PersonName.Split(string.Join(' ', words));
        return Letters(name.Given.Length > 0 ? name.Given : name.Family, brief ? 1 : 2);
    }

    private static string Letters(string word, int count) => string.Concat(word.EnumerateRunes().Where(Rune.IsLetterOrDigit).Take(count));

    private static bool IsWord(string word) => word.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static string Upper(string letters) => letters.ToUpperInvariant();
}
