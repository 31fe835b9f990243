using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.Common;

/// <summary>Puts what is referred to before what refers to it: foreign keys hold at every row.</summary>
internal static class InsertOrder
{
    /// <summary>Tables, those that others refer to first.</summary>
    public static IReadOnlyList<IEntityType> Of(IEnumerable<IEntityType> types)
    {
        var (waiting, ordered) = (types.ToHashSet(), new List<IEntityType>());
        foreach (var type in waiting.ToList())
            Place(type);
        return ordered;

        void Place(IEntityType type)
        {
            if (!waiting.Remove(type))
                return;
            foreach (var key in type.GetForeignKeys())
                Place(key.PrincipalEntityType);
            ordered.Add(type);
        }
    }

    /// <summary>Rows of a table that refers to itself: parents before children.</summary>
    public static IReadOnlyList<object> Of(IEntityType type, IReadOnlyList<object> rows)
    {
        var references = type.GetForeignKeys().Where(k => k.PrincipalEntityType == type).Select(k => k.Properties[0].GetGetter()).ToList();
        var readers = references.Where(r => rows.Any(row => r.GetClrValue(row) is not null)).ToList();
        return readers.Count == 0 ? rows : ParentsFirst(rows.Cast<Record>(), record => readers.Select(r => r.GetClrValue(record)).OfType<long>());
    }

    private static List<object> ParentsFirst(IEnumerable<Record> rows, Func<Record, IEnumerable<long>> parents)
    {
        var (byId, placed, ordered) = (rows.ToDictionary(r => r.Id), new HashSet<long>(), new List<object>());
        foreach (var row in byId.Values)
            Place(row);
        return ordered;

        void Place(Record row)
        {
            if (!placed.Add(row.Id))
                return;
            foreach (var parent in parents(row))
            {
                if (byId.TryGetValue(parent, out var there))
                    Place(there);
            }
            ordered.Add(row);
        }
    }
}
