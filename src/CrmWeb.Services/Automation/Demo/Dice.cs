using System.Text;

namespace CrmWeb.Services.Automation;

/// <summary>Chance that falls the same way every time: worked out from a seed and what it is thrown for, the same on every machine (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state = seed;

    public static Dice For(long seed, long subject) => new(Mix(unchecked((ulong)seed * Step)) ^ Mix(unchecked((ulong)subject + Step)));

    /// <summary>From 0 up to but not including.</summary>
    public int Next(int below)
    {
        state = unchecked(state + Step);
        return (int)(Mix(state) % (uint)below);
    }

    /// <summary>Both ends count.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    public T OneOf<T>(params ReadOnlySpan<T> from) => from[Next(from.Length)];

    /// <summary>The pattern with a digit for each #.</summary>
    public string Digits(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        foreach (var c in pattern)
            text.Append(c == '#' ? (char)('0' + Next(10)) : c);
        return text.ToString();
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
