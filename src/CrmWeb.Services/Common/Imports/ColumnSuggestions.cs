namespace CrmWeb.Services.Common;

/// <summary>Guesses which field a column of a file is, by its head: key, label in either language, other words for it.</summary>
internal static class ColumnSuggestions
{
    public static IReadOnlyList<ColumnMap> For(RecordType type, IReadOnlyList<string> heads)
    {
        var (words, taken) = (Words(type), new HashSet<string>(StringComparer.Ordinal));
        return [.. heads.Select((head, i) => new ColumnMap(i, head, words.TryGetValue(Fold(head), out var field) && taken.Add(field) ? field : null))];
    }

    /// <summary>The same for a file that is read in another way: columns that are called as before, or stand in the same place of a file without heads, stay where they went.</summary>
    public static IReadOnlyList<ColumnMap> Over(IReadOnlyList<ColumnMap> before, RecordType type, IReadOnlyList<string> heads)
    {
        var kept = heads.Select((head, i) => before.FirstOrDefault(c => c.Head.Length > 0 && c.Head == head) ?? (before.Count == heads.Count && (head.Length == 0 || before[i].Head.Length == 0) ? before[i] : null)).ToList();
        var taken = kept.Select(c => c?.Field).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. For(type, heads).Select((c, i) => kept[i] is { } old ? old with { Index = i, Head = c.Head, Field = Known(type, old.Field) } : taken.Contains(c.Field ?? "") ? c with { Field = null } : c)];
    }

    private static string? Known(RecordType type, string? field) => field is not null && type.Find(field)?.Has(FieldUse.Import) == true ? field : null;

    /// <summary>Everything a field is called in the heads of files, folded; no other field of its type may be called so.</summary>
    public static IEnumerable<string> WordsOf(Field field) =>
        Localizer.InAll(field.Label).Append(field.Key).Append(field.Property).Concat(field.Aliases).Select(Fold).Distinct(StringComparer.Ordinal);

    private static Dictionary<string, string> Words(RecordType type)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in type.With(FieldUse.Import))
        {
            foreach (var word in WordsOf(field))
                words.TryAdd(word, field.Key);
        }
        return words;
    }

    // "year_established", "Year Established" and "yearEstablished" are one head.
    private static string Fold(string head) => string.Concat(TextFold.Fold(head).Where(char.IsLetterOrDigit));
}
