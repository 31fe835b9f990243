namespace CrmWeb.Services.Common;

/// <summary>The head of exported files, by which an import knows that the product wrote them.</summary>
internal static class ExportHeads
{
    /// <summary>Whether every column is called as an export of the type calls it, in one of its languages.</summary>
    public static bool Are(RecordType type, IReadOnlyList<string> heads) => Fields(type, heads) is not null;

    /// <summary>Where the columns of an export go. Other words for a field are not asked: a label of one may be another's.</summary>
    public static IReadOnlyList<ColumnMap>? Columns(RecordType type, IReadOnlyList<string> heads) =>
        Fields(type, heads) is { } fields ? [.. heads.Select((head, i) => new ColumnMap(i, head, fields[head].Has(FieldUse.Import) ? fields[head].Key : null))] : null;

    private static Dictionary<string, Field>? Fields(RecordType type, IReadOnlyList<string> heads)
    {
        for (var language = 0; language < Localizer.Languages.Count && heads.Count > 0; language++)
        {
            var fields = new Dictionary<string, Field>(StringComparer.Ordinal);
            foreach (var field in type.With(FieldUse.Export))
                fields.TryAdd(Localizer.InAll(field.Label).ElementAtOrDefault(language) ?? field.Key, field);
            if (heads.All(fields.ContainsKey))
                return fields;
        }
        return null;
    }
}
