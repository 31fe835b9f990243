using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>Where a page of rows in the order of time ended; the next one begins behind it.</summary>
/// <param name="At">UTC.</param>
/// <param name="Id">Of two rows of the same moment, the one that was read.</param>
public sealed record MomentPlace(DateTime At, long Id)
{
    /// <summary>As addresses carry it.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}.{Id}")));

    /// <summary>Where the page behind this one begins, as addresses carry it; null behind the last page.</summary>
    /// <param name="found">The rows of the page, and one more if there are more.</param>
    public static string? Behind<T>(IReadOnlyList<T> found, int size, Func<T, MomentPlace> place) => found.Count > size ? place(found[size - 1]).ToString() : null;

    /// <exception cref="RuleException">The place was not made here.</exception>
    public static MomentPlace? Read(string? token)
    {
        if (token is null)
            return null;
        try
        {
            var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split('.');
            return new(new(long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture), DateTimeKind.Utc), long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture));
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw new RuleException([new("Error.List.Place")]);
        }
    }
}
