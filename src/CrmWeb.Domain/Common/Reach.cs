namespace CrmWeb.Domain.Common;

/// <summary>A further phone number or e-mail address, with a word on what it is for.</summary>
public sealed record Reach(string Value, string? Label)
{
    private const int Most = 20, Longest = 200;

    private static readonly char[] Between = ['\n', '\r', ';', '；'];

    /// <summary>One a line, the word in brackets: "+46 31 555 01 81 (Goods in)".</summary>
    public override string ToString() => Label is null ? Value : $"{Value} ({Label})";

    /// <summary>Reads one a line, or with semicolons between them; the last brackets of each hold its word.</summary>
    public static IReadOnlyList<Reach> Read(string text) =>
        [.. text.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadOne).Where(r => r.Value.Length > 0).Distinct()];

    /// <summary>What is wrong with them together.</summary>
    internal static IEnumerable<Broken> Check(IReadOnlyList<Reach> all, string property, bool areEmails)
    {
        if (all.Count > Most)
            yield return new("Error.TooManyReaches", property, Most);
        if (all.FirstOrDefault(r => r.ToString().Length > Longest) is not null)
            yield return new("Error.TooLong", property, Longest);
        else if (areEmails && all.FirstOrDefault(r => !EmailAddress.IsValid(r.Value)) is { } wrong)
            yield return new("Error.Email", property, wrong.Value);
    }

    private static Reach ReadOne(string line)
    {
        var open = line.LastIndexOfAny(['(', '（']);
        return open > 0 && line[^1] is ')' or '）' && open < line.Length - 2
            ? new(line[..open].TrimEnd(), line[(open + 1)..^1].Trim())
            : new(line, Label: null);
    }
}
