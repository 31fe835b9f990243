using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>Rows in which everything happens that makes lists go wrong: missing values, ties, other scripts, neighbours a hair apart.</summary>
public sealed class ListDatabase : IAsyncLifetime
{
    public const int Customers = 150, Contacts = 70, Activities = 140;

    private static readonly string?[] Texts = [null, null, "Oslo", "oslo", "Örebro", "ÖREBRO", "100% wool", "a_b", "[x]", "it's \"so\"", "苏州", "苏州市", "\\", "Z", "Åmål"];
    private static readonly decimal?[] Amounts = [null, 0, 0.0001m, 0.0002m, 99.99m, 1_100.04m, 1_100.05m, 99_999_999_999.99m];
    private readonly Random random = new(20260302);

    public TestDatabase Database { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var team = await Database.AddTeamAsync("West");
        var users = new List<User>();
        for (var i = 0; i < 6; i++)
            users.Add(await Database.AddUserAsync($"User {i % 4}", team, BuiltInRoles.Sales));
        foreach (var chunk in Enumerable.Range(0, 10))
            await AddAsync(users, Customers / 10, Contacts / 10, Activities / 10, chunk);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task AddAsync(IReadOnlyList<User> users, int customers, int contacts, int activities, int chunk)
    {
        Database.Clock.Now += TimeSpan.FromHours(chunk * 37);
        await using var scope = Database.AsSystem();
        var known = await scope.Db.Set<Customer>().Select(c => c.Id).ToListAsync();
        for (var i = 0; i < customers; i++)
            known.Add(AddCustomer(scope, users, known));
        for (var i = 0; i < contacts; i++)
            AddContact(scope, Pick(known));
        for (var i = 0; i < activities; i++)
            AddActivity(scope, Pick(known), users);
        await scope.SaveAsync();
        Database.Clock.Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    }

    private long AddCustomer(TestScope scope, IReadOnlyList<User> users, IReadOnlyList<long> known)
    {
        var customer = new Customer
        {
            Name = $"{Pick(["Halden", "halden", "Ödegården", "清河仪器", "Zeta"])} {random.Next(40)}",
            City = Pick(Texts),
            Industry = Pick(Texts),
            Country = Pick(["SE", "NO", "CN", null]),
            Currency = Pick(["EUR", "SEK", "CNY"]),
            Employees = Pick<int?>([null, 0, 1, 5, 5, 1000]),
            FoundedYear = Pick<int?>([null, 1990, 1990, 2001]),
            AnnualRevenue = Pick(Amounts),
            CreditLimit = Pick(Amounts),
            Rating = Pick<CustomerRating?>([null, CustomerRating.A, CustomerRating.B, CustomerRating.D]),
            Roles = Pick([CustomerRoles.EndCustomer, CustomerRoles.Partner | CustomerRoles.Supplier, CustomerRoles.EndCustomer | CustomerRoles.Partner]),
            PreferredChannel = Pick<Channel?>([null, Channel.Email, Channel.WeCom]),
            ParentId = known.Count > 0 && random.Next(4) == 0 ? Pick(known) : null,
            Tags = Pick<IReadOnlyList<string>>([[], ["fair"], ["fair", "贸易"], ["say \"hi\""], ["fairground"]]),
        };
        scope.Repository<Customer>().Add(customer);
        if (random.Next(3) > 0)
            customer.Assign(Pick(users).Id, users[0].HomeTeamId);
        if (random.Next(3) == 0)
            scope.Repository<Customer>().AddPart(customer.Move(Lifecycle.Active, reason: null, Moment(), by: null));
        return customer.Id;
    }

    private void AddContact(TestScope scope, long customer)
    {
        var contact = new Contact
        {
            FamilyName = Pick(["Duarte", "duarte", "Øst", "欧阳"]),
            GivenName = Pick(["Ana", null, "娜娜"]),
            Email = Pick([null, "a@x.example", "b@x.example"]),
            City = Pick(Texts),
            Birthday = Pick<DateOnly?>([null, new(1980, 2, 29), new(1980, 3, 1), new(1999, 12, 31)]),
            Role = Pick<ContactRole?>([null, ContactRole.Decides, ContactRole.Blocks]),
            DoNotCall = random.Next(2) == 0,
        };
        scope.Repository<Contact>().Add(contact);
        if (random.Next(5) > 0)
            scope.Repository<Contact>().AddPart(contact.WorkFor(customer, new(2026, 3, 2), current: null)!);
    }

    private void AddActivity(TestScope scope, long customer, IReadOnlyList<User> users)
    {
        var activity = new Activity
        {
            Kind = Pick(Enum.GetValues<ActivityKind>()),
            Subject = Pick(["Call", "call", "仪器报价", "Åpne"]),
            CustomerId = random.Next(6) == 0 ? null : customer,
            AssigneeId = Pick<long?>([null, users[0].Id, users[1].Id]),
            Priority = Pick(Enum.GetValues<ActivityPriority>()),
            DueOn = Pick<DateOnly?>([null, new(2026, 3, 1), new(2026, 3, 2), new(2026, 3, 3), new(2026, 2, 28), new(2025, 12, 31), new(2026, 4, 1)]),
            StartAt = random.Next(3) == 0 ? null : Moment(),
            DurationMinutes = Pick<int?>([null, 15, 30]),
            Mood = Pick<Mood?>([null, Mood.Good]),
        };
        activity.SetStatus(Pick(ActivityRules.StatusesOf(activity.Kind)), Moment());
        scope.Repository<Activity>().Add(activity);
    }

    /// <summary>Around midnights of several zones, some the same, some a tick apart.</summary>
    private DateTime Moment() => new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(-40, 3)).AddHours(Pick([0, 8, 11, 23])).AddTicks(random.Next(2));

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
