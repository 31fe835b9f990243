namespace CrmWeb.Services.Common;

/// <summary>Words of the file for choices, people, tags, yes and no: what the user says they mean, and which of them are new here.</summary>
/// <param name="tags">Tags that records carry already.</param>
internal sealed class WordMap(IEnumerable<ColumnMap> columns, IEnumerable<string> tags)
{
    /// <summary>Different words that are kept; more would fill no page that anyone reads.</summary>
    private const int MostWords = 300, MostTags = 100, LongestWord = 100;

    private readonly Dictionary<(int Column, string Word), string> known =
        columns.SelectMany(c => c.Values.Select(v => (c.Index, v))).DistinctBy(m => (m.Index, TextFold.Fold(m.v.Text))).ToDictionary(m => (m.Index, TextFold.Fold(m.v.Text)), m => m.v.To);
    private readonly Dictionary<(int Column, string Word), (string Text, int Count)> unknown = [];
    private readonly HashSet<string> tags = new(tags, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether words of a field can be told what they mean.</summary>
    public static bool Takes(Field field) => field.Kind is FieldKind.Choice or FieldKind.Choices or FieldKind.Tags or FieldKind.Flag || field is { Kind: FieldKind.Reference, Reference: "User" };

    /// <summary>What the user said the word means, empty for nothing; null when he said nothing.</summary>
    public string? Of(int column, string word) => known.Count == 0 ? null : known.GetValueOrDefault((column, TextFold.Fold(word)));

    public void NotUnderstood(int column, string word) => Note(column, word, MostWords);

    /// <summary>A tag that nobody was told about comes in as it is; a new one may yet mean another. Few are kept: words that reject a row go first.</summary>
    public void Tag(int column, string word)
    {
        if (!tags.Contains(word))
            Note(column, word, MostTags);
    }

    /// <summary>Words nobody understood and new tags, the most frequent first.</summary>
    public IReadOnlyList<UnknownValue> Unknown => [.. unknown.OrderBy(u => u.Key.Column).ThenByDescending(u => u.Value.Count).Select(u => new UnknownValue(u.Key.Column, u.Value.Text, u.Value.Count))];

    private void Note(int column, string word, int most)
    {
        var key = (column, TextFold.Fold(word));
        if (unknown.TryGetValue(key, out var met))
            unknown[key] = (met.Text, met.Count + 1);
        else if (unknown.Count < most && word.Length <= LongestWord)
            unknown[key] = (word, 1);
    }
}
