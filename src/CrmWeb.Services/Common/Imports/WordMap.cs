namespace CrmWeb.Services.Common;

/// <summary>Words of the file for choices, people, yes and no: what the user says they mean, and which of them nobody understands.</summary>
internal sealed class WordMap(IEnumerable<ColumnMap> columns)
{
    /// <summary>Different words that are kept; more would fill no page that anyone reads.</summary>
    private const int MostWords = 300, LongestWord = 100;

    private readonly Dictionary<(int Column, string Word), string> known =
        columns.SelectMany(c => c.Values.Select(v => (c.Index, v))).DistinctBy(m => (m.Index, TextFold.Fold(m.v.Text))).ToDictionary(m => (m.Index, TextFold.Fold(m.v.Text)), m => m.v.To);
    private readonly Dictionary<(int Column, string Word), (string Text, int Count)> unknown = [];

    /// <summary>Whether words of a field can be told what they mean.</summary>
    public static bool Takes(Field field) => field.Kind is FieldKind.Choice or FieldKind.Choices or FieldKind.Flag || field is { Kind: FieldKind.Reference, Reference: "User" };

    /// <summary>What the user said the word means, empty for nothing; null when he said nothing.</summary>
    public string? Of(int column, string word) => known.Count == 0 ? null : known.GetValueOrDefault((column, TextFold.Fold(word)));

    public void NotUnderstood(int column, string word)
    {
        var key = (column, TextFold.Fold(word));
        if (unknown.TryGetValue(key, out var met))
            unknown[key] = (met.Text, met.Count + 1);
        else if (unknown.Count < MostWords && word.Length <= LongestWord)
            unknown[key] = (word, 1);
    }

    /// <summary>Words nobody understood, the most frequent first.</summary>
    public IReadOnlyList<UnknownValue> Unknown => [.. unknown.OrderBy(u => u.Key.Column).ThenByDescending(u => u.Value.Count).Select(u => new UnknownValue(u.Key.Column, u.Value.Text, u.Value.Count))];
}
