using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

/// <summary>What colleagues do with a few customers on many days, one save after the other, the same for the same seed.</summary>
internal sealed class RandomWork(TestDatabase database, int seed)
{
    private const int Customers = 4;
    private readonly Random random = new(seed);
    private readonly List<long> customers = [];

    public async Task BeginAsync()
    {
        await using var scope = database.AsSystem();
        for (var i = 0; i < Customers; i++)
            customers.Add((await scope.AddAsync(new Customer { Name = $"Customer {i}" })).Id);
    }

    /// <summary>One thing somebody does, some hours after the last one.</summary>
    /// <returns>What it was.</returns>
    public async Task<string> NextAsync()
    {
        database.Clock.Now += TimeSpan.FromMinutes(random.Next(20, 900));
        await using var scope = database.AsSystem();
        var done = random.Next(20) switch
        {
            < 7 => await WriteDownAsync(scope),
            < 12 => await ChangeAsync(scope),
            < 14 => await DeleteAsync<Activity>(scope),
            < 16 => await RestoreAsync<Activity>(scope),
            < 18 => await ContactAsync(scope),
            18 => await DeleteAsync<Contact>(scope),
            _ => await RestoreAsync<Contact>(scope),
        };
        await scope.SaveAsync();
        return done;
    }

    private async Task<string> WriteDownAsync(TestScope scope)
    {
        var activity = new Activity { Kind = Any<ActivityKind>(), Subject = $"Thing {random.Next(1000)}", CustomerId = AnyCustomer() };
        activity.SetStatus(Pick(ActivityRules.StatusesOf(activity.Kind)), database.Clock.Utc);
        activity.IsPrivate = activity.Kind == ActivityKind.Note && random.Next(3) == 0;
        activity.DueOn = random.Next(3) > 0 ? AnyDay() : null;
        activity.IsPromise = activity is { IsPrivate: false, CustomerId: not null, DueOn: not null } && random.Next(3) == 0;
        activity.StartAt = random.Next(2) == 0 ? database.Clock.Utc.AddMinutes(-random.Next(60 * 24 * 30)) : null;
        scope.Repository<Activity>().Add(activity);
        await Task.CompletedTask;
        return $"new {activity.Kind} {activity.Status}";
    }

    private async Task<string> ChangeAsync(TestScope scope)
    {
        if (await AnyAsync<Activity>(scope, deleted: false) is not { } activity)
            return "nothing";
        switch (random.Next(6))
        {
            case 0:
                activity.CustomerId = activity.IsPromise ? Pick(customers) : AnyCustomer();
                return "another customer";
            case 1:
                activity.DueOn = AnyDay();
                return "another day";
            case 2:
                activity.IsPromise = activity is { IsPrivate: false, CustomerId: not null, DueOn: not null } && !activity.IsPromise;
                return "promise or not";
            case 3:
                activity.StartAt = database.Clock.Utc.AddMinutes(-random.Next(60 * 24 * 60));
                return "another start";
            case 4 when !activity.IsOpen:
                activity.Reopen(database.Clock.Utc);
                return "reopened";
            default:
                activity.SetStatus(Pick(ActivityRules.StatusesOf(activity.Kind)), database.Clock.Utc);
                return $"now {activity.Status}";
        }
    }

    private async Task<string> ContactAsync(TestScope scope)
    {
        var contact = random.Next(3) > 0 ? new() { FamilyName = $"Person {random.Next(1000)}" } : await AnyAsync<Contact>(scope, deleted: false);
        if (contact is null)
            return "nothing";
        if (contact.Id == 0)
            scope.Repository<Contact>().Add(contact);
        if (contact.WorkFor(AnyCustomer(), DateOnly.FromDateTime(database.Clock.Utc), current: null) is { } link)
            scope.Repository<Contact>().AddPart(link);
        return "contact works elsewhere";
    }

    private async Task<string> DeleteAsync<T>(TestScope scope) where T : Record
    {
        (await AnyAsync<T>(scope, deleted: false))?.Delete(database.Clock.Utc, by: 1);
        return $"{typeof(T).Name} deleted";
    }

    private async Task<string> RestoreAsync<T>(TestScope scope) where T : Record
    {
        (await AnyAsync<T>(scope, deleted: true))?.Restore();
        return $"{typeof(T).Name} restored";
    }

    private async Task<T?> AnyAsync<T>(TestScope scope, bool deleted) where T : Record
    {
        var ids = await scope.Db.Set<T>().Where(r => r.DeletedAt != null == deleted).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
        if (ids.Count == 0)
            return null;
        var id = Pick(ids);
        return await scope.Db.Set<T>().AsTracking().SingleAsync(r => r.Id == id);
    }

    private long? AnyCustomer() => random.Next(8) == 0 ? null : Pick(customers);

    private DateOnly AnyDay() => DateOnly.FromDateTime(database.Clock.Utc).AddDays(random.Next(-20, 40));

    private TEnum Any<TEnum>() where TEnum : struct, Enum => Pick(Enum.GetValues<TEnum>());

    private TItem Pick<TItem>(IReadOnlyList<TItem> items) => items[random.Next(items.Count)];
}
