using System.Globalization;

namespace CrmWeb.Benchmarks;

/// <summary>The rows that the product writes for a new customer, in one transaction with a full commit.</summary>
internal static class BareCreate
{
    private static long last = 1_000_000_000_000; // far above the ids that the product takes

    public static long Run(BareDatabase db, IFormCollection form)
    {
        var (id, version, now) = (Interlocked.Add(ref last, 10), Guid.NewGuid().ToString().ToUpperInvariant(), DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        var (name, email, phone, site, city) = (form["Name"].ToString(), form["Email"].ToString(), form["Phone"].ToString(), form["Website"].ToString(), form["City"].ToString());
        var (key, number) = (name.ToLowerInvariant(), $"B-{id}");
        var search = $"{key}\n{number}\n{email}\n{phone}\n{site}\n{city.ToLowerInvariant()}\n\u0003{key[..2]}\u0003lt";

        db.Run("BEGIN IMMEDIATE");
        db.Run("""
            INSERT INTO Customers (Id, Kind, Roles, Name, Number, OwnerId, Lifecycle, AnnualRevenue, Currency, Website, Email, Phone, PhoneE164, OtherPhones, OtherEmails, City, Country,
                OtherAddresses, ServiceLevel, Tags, Version, CreatedAt, CreatedById, ModifiedAt, ModifiedById, SortKey, SearchKey)
            VALUES (@0, 'Organisation', 1, @1, @2, @3, 'Prospect', @4, @5, @6, @7, @8, @8, '[]', '[]', @9, @10, '[]', 'Standard', '[]', @11, @12, @3, @12, @3, @13, @14)
            """, id, name, number, db.Me, double.Parse(form["AnnualRevenue"].ToString(), CultureInfo.InvariantCulture), form["Currency"].ToString(), site, email, phone, city, form["Country"].ToString(), version, now, key, search);
        db.Run("INSERT INTO CustomerFigures (CustomerId, OwnerId, Touches, OpenActivities, OpenPromises, KeptPromises, BrokenPromises, Contacts) VALUES (@0, @1, 0, 0, 0, 0, 0, 0)", id, db.Me);
        db.Run("INSERT INTO Audit (Id, At, UserId, \"From\", Kind, RecordType, RecordId, VersionAfter) VALUES (@0, @1, @2, '127.0.0.1', 'Created', 'Customer', @3, @4)", id + 1, now, db.Me, id, version);
        db.Run("INSERT INTO Timeline (Id, CustomerId, At, Kind, ActorId, SourceType, SourceId, Title) VALUES (@0, @1, @2, 'Created', @3, 'Customer', @1, @4)", id + 2, id, now, db.Me, name);
        foreach (var match in new[] { $"Domain:{site}", $"Email:{email}", $"Name:{key}", $"Number:{number}", $"Phone:{phone}" })
            db.Run("INSERT OR IGNORE INTO MatchKeys (\"Key\", RecordId, Type) VALUES (@0, @1, 'Customer')", match, id);
        db.Run("COMMIT");
        return id;
    }
}
