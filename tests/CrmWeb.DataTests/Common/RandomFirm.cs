using System.Text;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common;

/// <summary>A firm with teams below teams, people in several of them with several roles, and records of all of them; the same for the same seed.</summary>
internal sealed class RandomFirm(TestDatabase database, int seed)
{
    private const int TeamCount = 8, UserCount = 14, CustomerCount = 60;
    private static readonly string[] Types = ["Customer", "Contact", "Activity", "Attachment"];
    private static readonly RecordAction[] Actions = [RecordAction.View, RecordAction.Edit, RecordAction.Delete, RecordAction.Export, RecordAction.BulkEdit];
    private readonly Random random = new(seed);
    private readonly List<Team> teams = [];

    public List<Member> Members { get; } = [];
    public List<Record> Records { get; } = [];
    public List<CustomerShare> Shares { get; } = [];
    public IReadOnlyDictionary<long, Customer> Customers => Records.OfType<Customer>().ToDictionary(c => c.Id);

    public async Task BuildAsync()
    {
        for (var i = 0; i < TeamCount; i++)
            teams.Add(await database.AddTeamAsync($"Team {i}", random.Next(4) == 0 || teams.Count == 0 ? null : Pick(teams)));
        for (var i = 0; i < UserCount; i++)
            Members.Add(await AddMemberAsync($"User {i}"));
        for (var i = 0; i < CustomerCount; i++)
            await AddCustomerAsync(i);
        await ShareAsync();
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private async Task<Member> AddMemberAsync(string name)
    {
        await using var scope = database.AsSystem();
        var roles = new List<Role>();
        for (var i = 0; i < random.Next(1, 3); i++)
        {
            var grants = from type in Types from action in Actions where random.Next(5) > 0 select new Grant(type, action, Pick(Enum.GetValues<Scope>()));
            roles.Add(await scope.AddAsync(new Role { Name = Guid.NewGuid().ToString("N"), Grants = [.. grants] }));
        }
        var user = new User { Name = name, Email = $"{Guid.NewGuid():N}@test.example" };
        scope.Repository<User>().Add(user);
        var home = random.Next(5) == 0 ? null : Pick(teams);
        user.SetHomeTeam(home?.Id);
        user.SetRoles(roles.Select(r => r.Id));
        var further = random.Next(3) == 0 ? Pick(teams) : null;
        if (further is not null && further != home)
            scope.Db.Add(new TeamMembership(user.Id, further.Id));
        await scope.SaveAsync();
        return new(user, [.. roles.SelectMany(r => r.Grants)], [.. new[] { home, further }.OfType<Team>().Select(t => t.Id)], Below, Shares);
    }

    private async Task AddCustomerAsync(int number)
    {
        await using var scope = await database.AsAsync(Pick(Members).User);
        await using var system = database.AsSystem();
        var customer = new Customer { Name = $"Halden {seed}-{number}" };
        customer.Assign(random.Next(6) == 0 ? null : Pick(Members).User.Id, random.Next(5) == 0 ? null : Pick(teams).Id);
        Records.Add(await system.AddAsync(customer));
        for (var i = 0; i < random.Next(3); i++)
        {
            var contact = new Contact { FamilyName = $"Haldensen {seed}-{number}-{i}" };
            system.Repository<Contact>().Add(contact);
            if (random.Next(5) > 0)
                system.Repository<Contact>().AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
            Records.Add(contact);
        }
        await system.SaveAsync();
        for (var i = 0; i < random.Next(3); i++)
            Records.Add(await AddActivityAsync(customer, $"Haldens sak {seed}-{number}-{i}"));
        if (random.Next(2) == 0)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"Halden {seed}-{number}"));
            var id = await system.Get<IAttachmentService>().AddAsync(customer.Id, $"Haldens brev {seed}-{number}.txt", content, CancellationToken.None);
            Records.Add(await system.Repository<Attachment>().GetAsync(id, RecordAction.View, CancellationToken.None));
        }
        if (random.Next(10) == 0)
            await DeleteAsync(system, customer);
    }

    /// <summary>Written by one of them, whatever he may do elsewhere; some of it for his own eyes.</summary>
    private async Task<Activity> AddActivityAsync(Customer customer, string subject)
    {
        var author = Pick(Members).User;
        await using var scope = database.AsSystem();
        scope.Get<Services.Access.Actor>().ActAs(new(author.Id, author.Name, author.Email, author.AccessVersion, Services.Common.AccessRights.System, Services.Common.Habits.Neutral), "test");
        var activity = new Activity { Kind = ActivityKind.Note, Subject = subject, IsPrivate = random.Next(3) == 0, CustomerId = random.Next(6) == 0 ? null : customer.Id };
        activity.Complete(database.Clock.Utc);
        return await scope.AddAsync(activity);
    }

    private async Task DeleteAsync(TestScope scope, Customer customer)
    {
        customer.Delete(database.Clock.Utc, by: 1);
        await scope.SaveAsync();
    }

    /// <summary>Some customers are opened to people or teams they do not belong to, also those in the trash.</summary>
    private async Task ShareAsync()
    {
        await using var scope = database.AsSystem();
        foreach (var customer in Records.OfType<Customer>().Where(_ => random.Next(3) > 0))
        {
            foreach (var recipient in Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 ? Pick(teams).Id : Pick(Members).User.Id).Distinct())
                Shares.Add(new(customer.Id, recipient, teams.Exists(t => t.Id == recipient)) { MayEdit = random.Next(2) == 0 });
        }
        scope.Db.AddRange(Shares);
        await scope.SaveAsync();
    }

    private bool Below(long team, long top) => team == top || (teams.Single(t => t.Id == team).ParentId is { } parent && Below(parent, top));
}

/// <summary>One of the firm, and the plain truth about what he may do.</summary>
internal sealed record Member(User User, IReadOnlyList<Grant> Grants, IReadOnlyList<long> Teams, Func<long, long, bool> Below, IReadOnlyList<CustomerShare> Shares)
{
    public Scope ScopeOf(Record record, RecordAction action) =>
        Grants.Where(g => g.Type == record.GetType().Name && g.Action == action).Select(g => g.Scope).DefaultIfEmpty(Scope.None).Max();

    /// <param name="customers">All of them: what lives with one is judged by it.</param>
    public bool May(Record record, RecordAction action, IReadOnlyDictionary<long, Customer> customers)
    {
        if (record.DeletedAt is not null || (record is Activity { IsPrivate: true } && record.CreatedById != User.Id))
            return false;
        var (owner, team) = record switch
        {
            Customer customer => (customer.OwnerId, customer.OwnerTeamId),
            IScoped { ScopeRecordId: { } main } => (customers[main].OwnerId, customers[main].OwnerTeamId),
            _ => (record.CreatedById, null),
        };
        var scope = ScopeOf(record, action);
        return scope switch
        {
            Scope.All => true,
            Scope.Subtree => owner == User.Id || (team is { } t && Teams.Any(mine => Below(t, mine))),
            Scope.Team => owner == User.Id || (team is { } t && Teams.Contains(t)),
            Scope.Own => owner == User.Id,
            _ => false,
        } || (scope != Scope.None && IsShared((record as IScoped)?.ScopeRecordId ?? record.Id, action));
    }

    private bool IsShared(long main, RecordAction action) => Shares.Any(s =>
        s.CustomerId == main && (s.RecipientId == User.Id || Teams.Contains(s.RecipientId)) && (action == RecordAction.View || (action == RecordAction.Edit && s.MayEdit)));
}
