using F23.StringSimilarity;

namespace CrmWeb.Services.Common;

/// <summary>How alike two company names are, so that a person can be asked whether they are one.</summary>
public static class NameSimilarity
{
    private static readonly JaroWinkler measure = new();

    /// <summary>0 to 100, 100 when the names are the same but for legal form, case, accents, blanks and punctuation (Jaro–Winkler of <see cref="CompanyName.Normalize"/>).</summary>
    public static int Percent(string name, string other)
    {
        var (first, second) = (CompanyName.Normalize(name), CompanyName.Normalize(other));
        return first.Length == 0 || second.Length == 0 ? 0 : (int)Math.Round(measure.Similarity(first, second) * 100);
    }
}
