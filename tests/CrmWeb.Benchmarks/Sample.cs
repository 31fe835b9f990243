using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Benchmarks;

/// <summary>Values out of the made-up data: the same ones in each run, none of them twice.</summary>
internal sealed class Sample
{
    private readonly Random dice = new(2026);
    private readonly List<(long Id, string SortKey)> customers = [];
    private readonly Dictionary<string, bool> fills = new(StringComparer.Ordinal);

    public Sample(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = new SqliteCommand("SELECT Id, SortKey, Currency FROM Customers WHERE DeletedAt IS NULL ORDER BY SortKey, Id", connection);
        using var rows = command.ExecuteReader();
        var currencies = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read())
        {
            customers.Add((rows.GetInt64(0), rows.GetString(1)));
            currencies.Add(rows.GetString(2));
        }
        Currencies = currencies.Count;
    }

    /// <summary>How many there are.</summary>
    public int Currencies { get; }

    public IReadOnlyList<string> Ids(int most) => Draw(most, () => $"{Any.Id}");

    /// <summary>Tokens of pages far from both ends.</summary>
    public IReadOnlyList<string> Places(int most) => Draw(most, () => customers[dice.Next(customers.Count / 10, customers.Count * 9 / 10)] is var (id, key) ? Place(key, id) : null);

    /// <summary>Four letters out of the middle of a Latin word, in so many names that they fill a page, or in fewer.</summary>
    public IReadOnlyList<string> Fragments(int most, bool fill) => Draw(most, () =>
    {
        var words = Any.SortKey.Split(' ').Where(w => w.Length >= 6 && w.All(char.IsAsciiLetterLower)).ToList();
        if (words.Count == 0)
            return null;
        var word = words[dice.Next(words.Count)];
        var fragment = word.Substring(dice.Next(1, word.Length - 4), 4);
        return FillsPage(fragment) == fill ? fragment : null;
    });

    /// <summary>Two Chinese characters that stand side by side, in so many names that they fill a page.</summary>
    public IReadOnlyList<string> Pairs(int most) => Draw(most, () =>
    {
        var name = Any.SortKey; // as it is searched: simplified
        var at = dice.Next(name.Length - 1);
        return IsHan(name[at]) && IsHan(name[at + 1]) && name.Substring(at, 2) is var pair && FillsPage(pair) ? pair : null;
    });

    /// <summary>The row after which a page begins, as the product's own links say it.</summary>
    public static string Place(string sortKey, long id) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { sortKey, $"{id}" }));

    public static (string SortKey, long Id) Place(string token) =>
        JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(token)) is [var key, var id] ? (key, long.Parse(id, CultureInfo.InvariantCulture)) : throw new FormatException(token);

    private (long Id, string SortKey) Any => customers[dice.Next(customers.Count)];

    private bool FillsPage(string text)
    {
        if (!fills.TryGetValue(text, out var fill))
            fills[text] = fill = customers.Where(c => c.SortKey.Contains(text, StringComparison.Ordinal)).Take(Subject.PageRows).Count() == Subject.PageRows;
        return fill;
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff';

    private static IReadOnlyList<string> Draw(int most, Func<string?> draw)
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 0; tries < 50 * most && drawn.Count < most; tries++)
        {
            if (draw() is { } value)
                drawn.Add(value);
        }
        return drawn.Count > 0 ? [.. drawn] : throw new BenchmarkException("The made-up data does not hold what is to be looked for.");
    }
}
