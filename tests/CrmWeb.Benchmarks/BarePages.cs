using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Benchmarks;

/// <summary>The rows the product's pages show, as tables made by hand.</summary>
internal static class BarePages
{
    private const int Rows = 50;
    private const string Columns =
        "c.Id, c.Name, c.City, c.Country, c.Kind, c.Lifecycle, c.OwnerId, u.Name, c.AnnualRevenue, c.Currency, f.LastTouchAt, f.LastTouchKind, f.NextStepOn, f.NextStep";
    private const string Joined = "LEFT JOIN Users u ON u.Id=c.OwnerId LEFT JOIN CustomerFigures f ON f.CustomerId=c.Id WHERE c.DeletedAt IS NULL";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static void List(StringBuilder html, BareDatabase db, IQueryCollection asked)
    {
        using var rows = Find(db, asked);
        Write(html, rows, "tr", Rows);
    }

    public static void Totals(StringBuilder html, BareDatabase db, IQueryCollection asked)
    {
        var least = asked.TryGetValue("f.annualRevenue.ge", out var typed) ? double.Parse(typed.ToString(), CultureInfo.InvariantCulture) : -1;
        const string Visible = "FROM Customers WHERE DeletedAt IS NULL AND (@0 < 0 OR AnnualRevenue >= @0)";
        using (var sums = db.Read($"SELECT Currency, SUM(AnnualRevenue) {Visible} GROUP BY Currency", least))
            Write(html, sums, "tr");
        using var count = db.Read($"SELECT COUNT(*) FROM (SELECT 1 {Visible} LIMIT 10001)", least);
        Write(html, count, "p");
    }

    public static void Today(StringBuilder html, BareDatabase db)
    {
        const string Due = """
            SELECT a.Id, a.Version, a.Kind, a.Subject, a.IsPromise, a.DueOn, a.StartAt, a.CustomerId, c.Name, a.ContactId, p.FullName, COALESCE(p.Phone, c.Phone)
            FROM Activities a LEFT JOIN Customers c ON c.Id=a.CustomerId LEFT JOIN Contacts p ON p.Id=a.ContactId
            WHERE a.DeletedAt IS NULL AND a.ClosedAt IS NULL AND a.AssigneeId=@0 AND a.DueOn <= date('now', '+7 days') AND (NOT a.IsPrivate OR a.CreatedById=@0)
            ORDER BY a.DueOn, a.IsPromise DESC, a.Id LIMIT 100
            """;
        using (var due = db.Read(Due, db.Me))
            Write(html, due, "tr");
        using var quiet = db.Read("""
            SELECT c.Id, c.Name, c.Kind, f.LastTouchAt FROM Customers c JOIN CustomerFigures f ON f.CustomerId=c.Id
            WHERE c.DeletedAt IS NULL AND c.Lifecycle <> 'Lost' AND f.OwnerId=@0 AND f.LastTouchAt < datetime('now', '-30 days') ORDER BY f.LastTouchAt, c.Id LIMIT 5
            """, db.Me);
        Write(html, quiet, "li");
    }

    public static void Customer(StringBuilder html, BareDatabase db, long id)
    {
        foreach (var (sql, element) in CustomerParts)
        {
            using var rows = db.Read(sql, id);
            Write(html, rows, element, most: 30);
        }
    }

    private static readonly (string Sql, string Element)[] CustomerParts =
    [
        ("SELECT c.*, u.Name, f.* FROM Customers c LEFT JOIN Users u ON u.Id=c.OwnerId LEFT JOIN CustomerFigures f ON f.CustomerId=c.Id WHERE c.Id=@0 AND c.DeletedAt IS NULL", "dl"),
        ("SELECT a.Id, a.Version, a.Kind, a.Subject, a.IsPromise, a.DueOn, a.StartAt, a.AssigneeId, u.Name, u.JobTitle FROM Activities a LEFT JOIN Users u ON u.Id=a.AssigneeId WHERE a.CustomerId=@0 AND a.ClosedAt IS NULL AND a.DeletedAt IS NULL ORDER BY a.DueOn IS NULL, a.DueOn, a.Id LIMIT 200", "li"),
        ("SELECT a.AssigneeId, u.Name, u.JobTitle, COALESCE(a.StartAt, a.ClosedAt), a.Kind, a.Mood, a.Subject FROM Activities a LEFT JOIN Users u ON u.Id=a.AssigneeId WHERE a.CustomerId=@0 AND a.ClosedAt >= datetime('now', '-90 days') AND a.DeletedAt IS NULL AND a.Kind <> 'Task' ORDER BY a.ClosedAt DESC LIMIT 200", "li"),
        ("SELECT Id, FullName, JobTitle, Role, Email, COALESCE(MobileE164, PhoneE164), DoNotCall FROM Contacts WHERE CustomerId=@0 AND DeletedAt IS NULL ORDER BY Role IS NULL, Role, SortKey LIMIT 10", "li"),
        ("SELECT Id, Name FROM Customers WHERE ParentId=@0 AND DeletedAt IS NULL ORDER BY SortKey LIMIT 10", "li"),
        ("SELECT c.Id, c.Name, r.Kind FROM Relationships r JOIN Customers c ON c.Id=r.OtherCustomerId WHERE r.CustomerId=@0 AND r.UntilOn IS NULL AND r.DeletedAt IS NULL LIMIT 10", "li"),
        ("SELECT Id, Version, Name, Size, CreatedAt, CreatedById FROM Attachments WHERE CustomerId=@0 AND DeletedAt IS NULL ORDER BY Id DESC LIMIT 10", "li"),
        ("SELECT Purpose, Channel, State, At, Source FROM Consents WHERE CustomerId=@0 AND ContactId IS NULL AND DeletedAt IS NULL ORDER BY At DESC, Id DESC LIMIT 100", "li"),
        ("SELECT t.Id, t.*, u.Name, p.FullName FROM Timeline t LEFT JOIN Users u ON u.Id=t.ActorId LEFT JOIN Contacts p ON p.Id=t.ContactId WHERE t.CustomerId=@0 AND t.OnlyForId IS NULL AND t.Kind <> 'Changed' ORDER BY t.At DESC, t.Id DESC LIMIT 31", "tr"),
    ];

    private static SqliteDataReader Find(BareDatabase db, IQueryCollection asked)
    {
        const string InOrder = "ORDER BY c.SortKey, c.Id LIMIT 51";
        if (asked.ContainsKey("sort"))
            return db.Read($"SELECT {Columns} FROM CustomerFigures f CROSS JOIN Customers c ON c.Id=f.CustomerId LEFT JOIN Users u ON u.Id=c.OwnerId WHERE c.DeletedAt IS NULL ORDER BY f.LastTouchAt DESC, f.CustomerId DESC LIMIT 51");
        if (asked.TryGetValue("q", out var typed))
            return db.Read($"SELECT {Columns} FROM (SELECT rowid FROM SearchIndex WHERE SearchIndex MATCH @0 AND rowid BETWEEN 1<<48 AND (2<<48)-1 ORDER BY rowid DESC) s CROSS JOIN Customers c ON c.Id=s.rowid-(1<<48) {Joined} ORDER BY s.rowid DESC LIMIT 51", Needle(typed.ToString()));
        if (asked.TryGetValue("after", out var place))
        {
            var (key, id) = Sample.Place(place.ToString());
            return db.Read($"SELECT {Columns} FROM Customers c {Joined} AND (c.SortKey, c.Id) > (@0, @1) {InOrder}", key, id);
        }
        if (asked.TryGetValue("f.kind.is", out var kind))
        {
            return db.Read(
                $"SELECT {Columns} FROM Customers c {Joined} AND +c.Lifecycle=@0 AND +c.AnnualRevenue>=@1 AND c.Kind=@2 {InOrder}",
                asked["f.lifecycle.is"].ToString(), double.Parse(asked["f.annualRevenue.ge"].ToString(), CultureInfo.InvariantCulture), kind.ToString());
        }
        return asked.TryGetValue("f.lifecycle.is", out var stage)
            ? db.Read($"SELECT {Columns} FROM Customers c {Joined} AND +c.Lifecycle=@0 {InOrder}", stage.ToString())
            : db.Read($"SELECT {Columns} FROM Customers c {Joined} {InOrder}");
    }

    /// <summary>How the search index is asked: two Chinese characters stand there with a mark of their own.</summary>
    private static string Needle(string typed) => typed.Length == 2 ? $"\"\u0002{typed}\"" : $"\"{typed}\"";

    /// <summary>One element per row; its first column is the id, the others are cells. Elements "tr" are counted by the load.</summary>
    private static void Write(StringBuilder html, SqliteDataReader rows, string element, int most = int.MaxValue)
    {
        for (var n = 0; n < most && rows.Read(); n++)
        {
            html.Append('<').Append(element).Append(" data-id=\"").Append(rows.GetString(0)).Append("\">");
            for (var i = 1; i < rows.FieldCount; i++)
                html.Append("<td>").Append(rows.IsDBNull(i) ? "" : Encoder.Encode(rows.GetString(i))).Append("</td>");
            html.Append("</").Append(element).Append(">\n");
        }
    }
}
