using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.Web.Common.Records;

/// <summary>What forms and facts show of the records that a record leads to.</summary>
internal static class ReferenceNames
{
    extension(ISearchService search)
    {
        /// <summary>By field key; only of records the user may see.</summary>
        public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyList<Field> fields, FieldValues values, CancellationToken ct)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var field in fields.Where(f => f.Kind == FieldKind.Reference))
            {
                if (values.GetValueOrDefault(field.Key) is long id && (await search.TitlesAsync(field.Reference!, [id], ct)).TryGetValue(id, out var name))
                    names[field.Key] = name;
            }
            return names;
        }
    }
}

/// <summary>One fact of a record and the way to change it where it stands.</summary>
public sealed record FactView(RecordType Type, long Id, Field Field, FieldValues Values, IReadOnlyDictionary<string, string> Names, bool MayEdit);

/// <summary>A record beside its list.</summary>
/// <param name="Brief">Of a customer.</param>
public sealed record PreviewView(RecordType Type, EditableRecord Record, CustomerBrief? Brief = null);

/// <summary>A record's saves, and what it holds now.</summary>
public sealed record HistoryView(RecordType Type, RecordSnapshot Record, HistoryPage Page, bool MayEdit)
{
    /// <summary>Whether an edit could give the field its former value.</summary>
    public bool MayPutBack(HistoryChange change) =>
        MayEdit && change.Field is { CanSet: true } field && !string.Equals(FieldText.Write(Record.Values.GetValueOrDefault(field.Key)), change.Old, StringComparison.Ordinal);
}

/// <summary>What two people changed at once, for the one who came second.</summary>
public sealed record ConflictView(RecordType Type, EditConflict Conflict, string? Who, FieldValues Values);

/// <summary>A record with names of its references and whether its fields may be changed.</summary>
public sealed record EditableRecord(RecordSnapshot Record, IReadOnlyDictionary<string, string> Names, bool MayEdit, bool MayDelete)
{
    public FactView Fact(RecordType type, Field field) => new(type, Record.Id, field, Record.Values, Names, MayEdit);
}
