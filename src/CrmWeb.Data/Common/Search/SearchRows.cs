namespace CrmWeb.Data.Common;

/// <summary>The rows a typed text means.</summary>
internal static class SearchRows
{
    /// <summary>Rows in which the words of the text stand, newest first.</summary>
    public static IQueryable<T> Matching<T>(CrmDb db, IQueryable<T> rows, string text) where T : Record
    {
        var terms = SearchText.Terms(text);
        if (terms.Count == 0)
            return rows.Where(_ => false);
        // One or two Latin letters stand in too many places to be looked up anywhere in a text: they begin the name.
        foreach (var start in terms.Where(t => t.IsTooShort).Select(t => t.Text))
            rows = Prefix(rows, start);
        var longer = terms.Where(t => !t.IsTooShort).Select(t => t.Text).ToList();
        return longer.Count == 0 ? rows.OrderByDescending(r => r.Id) : db.Provider.Matching(db, rows, longer);
    }

    /// <summary>Rows whose title begins so; a range, which an index on the sort key answers.</summary>
    public static IQueryable<T> Prefix<T>(IQueryable<T> rows, string start) where T : Record
    {
        var end = start + '\uffff';
        return rows.Where(r => string.Compare(r.SortKey, start) >= 0 && string.Compare(r.SortKey, end) < 0);
    }
}
