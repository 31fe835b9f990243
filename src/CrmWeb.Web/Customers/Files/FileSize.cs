using System.Globalization;

namespace CrmWeb.Web.Customers.Files;

/// <summary>The size of a file as people read it.</summary>
public static class FileSize
{
    private const int Kilobyte = 1_024, Megabyte = Kilobyte * Kilobyte;

    /// <param name="bytes">At least one.</param>
    public static string Of(long bytes) => bytes < Megabyte
        ? string.Create(CultureInfo.CurrentCulture, $"{Math.Max(1, bytes / Kilobyte)} kB")
        : string.Create(CultureInfo.CurrentCulture, $"{bytes / (decimal)Megabyte:0.0} MB");
}
