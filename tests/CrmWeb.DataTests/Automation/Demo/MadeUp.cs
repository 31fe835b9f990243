using CrmWeb.Data.Common;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Automation.Demo;

/// <summary>What must hold for everything that is made up.</summary>
internal static class MadeUp
{
    public static async Task CheckAsync(CrmDb db, DateTime now, CancellationToken ct)
    {
        var (customers, contacts, activities) = (await All<Customer>(db, ct), await All<Contact>(db, ct), await All<Activity>(db, ct));
        List<Domain.Common.Record> records = [.. customers, .. contacts, .. activities, .. await All<Relationship>(db, ct), .. await All<Consent>(db, ct), .. (await All<User>(db, ct)).Where(u => u.Id != User.SystemId), .. await All<Team>(db, ct)];

        Expect.Nothing(records.SelectMany(r => r.Check().Select(b => $"{r.GetType().Name} {r.Title}: {b.Text} {b.Property}")));
        Expect.Nothing(records.Where(r => r.CreatedAt > now || r.ModifiedAt > now || r.ModifiedAt < r.CreatedAt).Select(r => $"{r.Title} is of {r.CreatedAt:O} and {r.ModifiedAt:O}"));
        Expect.Nothing(activities.Where(a => a.ClosedAt is not null && (a.HappenedAt > now || a.ClosedAt > now)).Select(a => $"{a.Subject} was done tomorrow"));
        Expect.Nothing(activities.Select(a => $"{a.Subject} {a.Body}").Concat(customers.Select(c => $"{c.Name} {c.Street}")).Where(t => t.Contains('{', StringComparison.Ordinal)).Select(t => $"a blank is left in: {t}"));
        Expect.Nothing(customers.Where(c => c.Phone is not null && Phones.ToE164(c.Phone, c.Country) != c.PhoneE164).Select(c => $"{c.Phone} is no number of {c.Country}"));
        Expect.Nothing(contacts.Where(c => c.Mobile is not null && Phones.ToE164(c.Mobile, c.Country) != c.MobileE164).Select(c => $"{c.Mobile} is no number of {c.Country}"));
        Assert.Equal(await Recount.OfAllAsync(db, ct), await Recount.StoredAsync(db, ct));
        await CheckLivesAsync(db, customers, ct);
    }

    public static bool IsHan(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff');

    /// <summary>Every move follows the one before, is on the timeline, and the last one leads to where the customer stands.</summary>
    private static async Task CheckLivesAsync(CrmDb db, List<Customer> customers, CancellationToken ct)
    {
        var moves = (await db.Set<LifecycleMove>().AsNoTracking().ToListAsync(ct)).ToLookup(m => m.CustomerId);
        var told = await db.Set<TimelineEntry>().CountAsync(t => t.Kind == TimelineKind.LifecycleMoved, ct);
        var wrong = new List<string>();
        foreach (var customer in customers)
        {
            var (state, at) = (Lifecycle.Prospect, customer.CreatedAt);
            foreach (var move in moves[customer.Id].OrderBy(m => m.At).ThenBy(m => m.Id))
            {
                if (move.From != state || move.At < at)
                    wrong.Add($"{customer.Name}: {move.From} to {move.To} at {move.At:O} after {state} at {at:O}");
                (state, at) = (move.To, move.At);
            }
            if (customer.Lifecycle != state)
                wrong.Add($"{customer.Name} is {customer.Lifecycle}, its moves end at {state}");
        }
        Expect.Nothing(wrong);
        Assert.Equal(moves.Sum(m => m.Count()), told);
    }

    private static Task<List<T>> All<T>(CrmDb db, CancellationToken ct) where T : class => db.Set<T>().AsNoTracking().ToListAsync(ct);
}
