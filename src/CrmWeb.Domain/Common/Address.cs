namespace CrmWeb.Domain.Common;

/// <summary>A further address of a customer, with what it is for.</summary>
/// <param name="Country">ISO 3166 two-letter code where known, otherwise as it was typed.</param>
public sealed record Address(AddressKind Kind, string? Street, string? City, string? Region, string? PostalCode, string? Country)
{
    private const int Most = 20;
    private const char Bar = '|';
    private static readonly char[] Ends = ['\n', '\r', ';', '；'];

    /// <summary>What stands behind the kind, in this order, and the most characters of each.</summary>
    public static IReadOnlyList<(AddressPart Part, int Longest)> Parts { get; } =
        [(AddressPart.Street, 200), (AddressPart.City, 100), (AddressPart.Region, 100), (AddressPart.PostalCode, 20), (AddressPart.Country, 60)];

    /// <param name="parts">In the order of <see cref="Parts"/>, as typed; those at the end may be left out.</param>
    /// <returns>Null when nothing is said but the kind.</returns>
    public static Address? Of(AddressKind kind, IReadOnlyList<string?> parts)
    {
        string? Part(int at) => at < parts.Count && !string.IsNullOrWhiteSpace(parts[at]) ? parts[at]!.Trim() : null;
        var address = new Address(kind, Part(0), Part(1), Part(2), Part(3), Part(4));
        return address.Values.All(v => v is null) ? null : address;
    }

    /// <summary>The parts, in the order of <see cref="Parts"/>.</summary>
    public IReadOnlyList<string?> Values => [Street, City, Region, PostalCode, Country];

    /// <summary>One a line: "Shipping | Storgatan 2 | Göteborg | | 411 01 | SE".</summary>
    public override string ToString() => $"{Kind} {Bar} {string.Join($" {Bar} ", Values)}".TrimEnd(' ', Bar);

    /// <summary>Reads one a line, or with semicolons between them.</summary>
    /// <param name="kindOf">Which kind a word means; null for none.</param>
    /// <param name="wrong">The first line that is no address; null when all are.</param>
    public static IReadOnlyList<Address> Read(string text, Func<string, AddressKind?> kindOf, out string? wrong)
    {
        var (addresses, bad) = (new List<Address>(), default(string));
        foreach (var line in text.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(Bar, StringSplitOptions.TrimEntries);
            if (parts.Length - 1 > Parts.Count || kindOf(parts[0]) is not { } kind)
                bad ??= line;
            else if (Of(kind, parts[1..]) is { } address)
                addresses.Add(address);
        }
        wrong = bad;
        return addresses;
    }

    /// <summary>What is wrong with them together.</summary>
    internal static IEnumerable<Broken> Check(IReadOnlyList<Address> all, string property)
    {
        if (all.Count > Most)
            yield return new("Error.TooManyReaches", property, Most);
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var ((part, longest), value) in Parts.Zip(all[i].Values))
            {
                if (value?.Length > longest)
                    yield return new("Error.AddressTooLong", property, i + 1, part, longest);
                if (value?.IndexOfAny([Bar, .. Ends]) >= 0)
                    yield return new("Error.AddressSign", property, i + 1, part);
            }
        }
    }
}

public enum AddressKind { Shipping, Office, Factory, Warehouse, Home }

public enum AddressPart { Street, City, Region, PostalCode, Country }
