namespace CrmWeb.Services.Common;

/// <summary>Guesses which field a column of a file is, by its head: key, label in either language, other words for it.</summary>
internal static class ColumnSuggestions
{
    public static IReadOnlyList<ColumnMap> For(RecordType type, IReadOnlyList<string> heads)
    {
        var (words, taken) = (Words(type), new HashSet<string>(StringComparer.Ordinal));
        return [.. heads.Select((head, i) => new ColumnMap(i, head, words.TryGetValue(Fold(head), out var field) && taken.Add(field) ? field : null))];
    }

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
