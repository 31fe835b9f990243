using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Automation;

/// <summary>Brings the people into the database that made-up customers need.</summary>
internal sealed class DemoHiring(IPastWriter writer, IRepository<User> users, IRepository<Role> roles, ICredentials credentials)
{
    private static readonly DateTime Founded = new(2016, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>The demo firm with its teams, people and sign-ins, kept for the writer's next save.</summary>
    public async Task<DemoStaff> FoundAsync(CancellationToken ct)
    {
        writer.Add(
            new Organisation { Name = DemoPeople.Company, Tagline = "Equipment sales", Country = "SE", Language = "en", Format = "en-GB", TimeZone = "Europe/Stockholm", Currency = "EUR", IsDemo = true },
            Founded, User.SystemId);
        var staff = await HireAsync(p => p.Email, ct);
        foreach (var person in DemoPeople.All.Where(p => p.Email is not null))
            await credentials.SetPasswordAsync(staff.Named(person.Name).Id, DemoSignIns.Password, ct);
        return staff;
    }

    /// <summary>Those who are there, or else the demo firm's people without a way to sign in.</summary>
    public async Task<DemoStaff> FindAsync(CancellationToken ct)
    {
        var there = await users.Query().Where(u => u.Kind == UserKind.Internal && u.IsActive).OrderBy(u => u.Id).Select(u => new { u.Id, u.Name, u.HomeTeamId }).ToListAsync(ct);
        return there.Count == 0
            ? await HireAsync(_ => null, ct)
            : new([.. there.Select(u => new Colleague(u.Id, u.Name, DemoPeople.All.FirstOrDefault(p => p.Name == u.Name)?.Job ?? DemoJob.Sells, u.HomeTeamId, DemoPeople.All.FirstOrDefault(p => p.Name == u.Name)?.Countries ?? []))]);
    }

    private async Task<DemoStaff> HireAsync(Func<DemoPerson, string?> email, CancellationToken ct)
    {
        var known = await roles.Query().Where(r => r.BuiltIn != null).Select(r => new { r.BuiltIn, r.Id }).ToListAsync(ct);
        var byName = Teams();
        return new([.. DemoPeople.All.Select(p => Hire(p, email(p), byName[p.Team], known.First(r => r.BuiltIn == p.Role).Id))]);
    }

    private Dictionary<string, long> Teams()
    {
        var company = new Team { Name = DemoPeople.Company };
        writer.Add(company, Founded, User.SystemId);
        var byName = new Dictionary<string, long>(StringComparer.Ordinal) { [company.Name] = company.Id };
        foreach (var name in DemoPeople.Teams)
        {
            var team = new Team { Name = name, ParentId = company.Id };
            writer.Add(team, Founded, User.SystemId);
            byName[name] = team.Id;
        }
        return byName;
    }

    private Colleague Hire(DemoPerson person, string? email, long team, long role)
    {
        var user = new User { Name = person.Name, Email = email, JobTitle = person.JobTitle, Language = person.Language };
        writer.Add(user, Founded, User.SystemId);
        user.SetHomeTeam(team);
        user.SetRoles([role]);
        foreach (var membership in user.Teams)
            writer.AddPart(membership);
        foreach (var held in user.Roles)
            writer.AddPart(held);
        return new(user.Id, user.Name, person.Job, team, person.Countries);
    }
}
