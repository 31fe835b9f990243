using System.Linq.Expressions;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common;

/// <summary>
/// Who works in the firm of the tests: one person for each built-in role, in teams below the head office:
/// Head office (Admin, Manager) over North (Sales, Marketing, Support, ReadOnly) and South (Other, in sales too).
/// </summary>
public static class People
{
    public const string Password = "correct horse battery";

    public static User Admin { get; } = Person(201, "Ada Admin");
    public static User Manager { get; } = Person(202, "Mia Manager");
    public static User Sales { get; } = Person(203, "Sam Sales");
    public static User Marketing { get; } = Person(204, "Max Marketing");
    public static User Support { get; } = Person(205, "Sue Support");
    public static User ReadOnly { get; } = Person(206, "Rita Readonly");

    /// <summary>Sales in another team than <see cref="Sales"/>.</summary>
    public static User Other { get; } = Person(207, "Otto Other");

    /// <summary>Each with the built-in role he has.</summary>
    public static IReadOnlyList<(User User, string Role)> ByRole { get; } =
        [(Admin, BuiltInRoles.Administrator), (Manager, BuiltInRoles.Manager), (Sales, BuiltInRoles.Sales), (Marketing, BuiltInRoles.Marketing), (Support, BuiltInRoles.Support), (ReadOnly, BuiltInRoles.ReadOnly)];

    public static Team HeadOffice { get; } = TeamOf(301, "Head office", parent: null);
    public static Team North { get; } = TeamOf(302, "North", HeadOffice);
    public static Team South { get; } = TeamOf(303, "South", HeadOffice);

    /// <summary>Puts copies with the same ids into an app's database.</summary>
    internal static Task AddAsync(CrmApp app) => app.DoAsync(async services =>
    {
        var (db, credentials) = (services.GetRequiredService<CrmDb>(), services.GetRequiredService<ICredentials>());
        var roles = await db.Set<Role>().ToDictionaryAsync(r => r.BuiltIn!, r => r.Id);
        foreach (var team in new[] { HeadOffice, North, South })
            db.Add(TeamOf(team.Id, team.Name, team == HeadOffice ? null : HeadOffice));
        await db.SaveAsync(CancellationToken.None);
        foreach (var (person, role) in ByRole.Append((Other, BuiltInRoles.Sales)))
        {
            var copy = new User { Name = person.Name, Email = person.Email };
            copy.Identify(person.Id);
            copy.SetHomeTeam((role is BuiltInRoles.Administrator or BuiltInRoles.Manager ? HeadOffice : person == Other ? South : North).Id);
            copy.SetRoles([roles[role]]);
            db.Add(copy);
            await credentials.SetPasswordAsync(copy.Id, Password, CancellationToken.None);
        }
        await db.SaveAsync(CancellationToken.None);
    });

    /// <summary>A further user of a test's own.</summary>
    public static Task<User> AddAsync(CrmApp app, string name, string role, string? password = Password) => AddAsync(app, name, r => r.BuiltIn == role, password);

    /// <summary>One with a role of the test's own.</summary>
    public static Task<User> AddAsync(CrmApp app, string name, Role role) => AddAsync(app, name, r => r.Id == role.Id, Password);

    private static Task<User> AddAsync(CrmApp app, string name, Expression<Func<Role, bool>> role, string? password) => app.DoAsync(async services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        var user = new User { Name = name, Email = $"{Guid.NewGuid():N}@test.example" };
        services.GetRequiredService<IRepository<User>>().Add(user);
        user.SetHomeTeam(North.Id);
        user.SetRoles(await db.Set<Role>().Where(role).Select(r => r.Id).ToListAsync());
        if (password is not null)
            await services.GetRequiredService<ICredentials>().SetPasswordAsync(user.Id, password, CancellationToken.None);
        await db.SaveAsync(CancellationToken.None);
        return user;
    });

    private static User Person(long id, string name)
    {
        var person = new User { Name = name, Email = $"{name.Split(' ')[0].ToLowerInvariant()}@test.example" };
        person.Identify(id);
        return person;
    }

    private static Team TeamOf(long id, string name, Team? parent)
    {
        var team = new Team { Name = name, ParentId = parent?.Id };
        team.Identify(id);
        return team;
    }
}
