using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Guesses which field a column of a file is, by its head: key, label in either language, other words for it.</summary>
internal static class ColumnSuggestions
{
    public static IReadOnlyList<ColumnMap> For(RecordType type, IReadOnlyList<string> heads)
    {
        var (words, taken) = (Words(type), new HashSet<string>(StringComparer.Ordinal));
        return [.. heads.Select((head, i) => new ColumnMap(i, head, words.TryGetValue(Fold(head), out var field) && taken.Add(field) ? field : null))];
    }

    private static Dictionary<string, string> Words(RecordType type)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var texts = Localizer.Languages.Select(l => Localizer.Written(l.Name == "en" ? CultureInfo.InvariantCulture : l).ToDictionary(t => t.Key, t => t.Text, StringComparer.Ordinal)).ToList();
        foreach (var field in type.With(FieldUse.Import))
        {
            foreach (var word in texts.Select(t => t.GetValueOrDefault(field.Label)).OfType<string>().Append(field.Key).Append(field.Property))
                words.TryAdd(Fold(word), field.Key);
        }
        foreach (var field in type.With(FieldUse.Import))
        {
            foreach (var alias in field.Aliases)
                words.TryAdd(Fold(alias), field.Key);
        }
        return words;
    }

    // "year_established", "Year Established" and "yearEstablished" are one head.
    private static string Fold(string head) => string.Concat(TextFold.Fold(head).Where(char.IsLetterOrDigit));
}
