using F23.StringSimilarity;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Guesses which word was meant.</summary>
internal static class Spelling
{
    private static readonly Damerau Distance = new();

    /// <summary>The nearest of the known words; null when none is near enough to ask about.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        var (near, distance) = known.Select(k => (Word: k, Distance: Distance.Distance(typed.ToUpperInvariant(), k.ToUpperInvariant()))).MinBy(n => n.Distance);
        return distance <= Math.Min(3, typed.Length / 3) ? near : null;
    }
}
