using System.Globalization;
using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>The first administrator, and the firm he works for.</summary>
public interface ISetupService
{
    /// <summary>Whether nobody can sign in yet. Once somebody can, never again.</summary>
    Task<bool> IsOpenAsync(CancellationToken ct);

    /// <summary>Makes the firm, its first team and its first administrator. Of two at once one is made.</summary>
    /// <exception cref="RuleException">Somebody was faster, or something typed does not fit.</exception>
    Task SetUpAsync(Firm firm, NewAdministrator first, Origin from, CancellationToken ct);

    /// <summary>Adds an administrator from the command line, and a firm with the configured habits where there is none.</summary>
    Task AddAdministratorAsync(NewAdministrator administrator, CancellationToken ct);
}

public sealed record Firm(string Name, string Country, string Language, string TimeZone, string Currency);

public sealed record NewAdministrator(string Name, string Email, string Password);

/// <summary>What set-up needs to know and to keep; nobody's rights are asked, for there is nobody yet.</summary>
public interface ISetupStore
{
    Task<bool> AnyoneSignsInAsync(CancellationToken ct);

    /// <summary>The firm, to change with the next save; null when there is none.</summary>
    Task<Organisation?> OrganisationAsync(CancellationToken ct);

    /// <summary>Keeps the one firm for the next save.</summary>
    void Add(Organisation organisation);

    Task<long> AdministratorRoleAsync(CancellationToken ct);
}

internal sealed class SetupService(ISetupStore store, AdministratorMaker maker, Actor actor, IUnitOfWork work, TimeProvider clock) : ISetupService
{
    public async Task<bool> IsOpenAsync(CancellationToken ct) =>
        (await store.OrganisationAsync(ct))?.SetUpAt is null && !await store.AnyoneSignsInAsync(ct);

    public async Task SetUpAsync(Firm firm, NewAdministrator first, Origin from, CancellationToken ct)
    {
        Rule.Require(await IsOpenAsync(ct), "Setup.Done");
        actor.ActAs(UserProfile.System, from.Address, "setup");

        await KeepFirmAsync(firm, ct);
        await maker.AddAsync(first, firm.Name, ct);
        try
        {
            await work.SaveAsync(ct);
        }
        catch (Exception faster) when (faster is StaleRecordException or RuleException { Broken: [{ Text: "Error.Taken" }] })
        {
            throw new RuleException([new("Setup.Done")]);
        }
    }

    public async Task AddAdministratorAsync(NewAdministrator administrator, CancellationToken ct)
    {
        var isFirst = await store.OrganisationAsync(ct) is null;
        if (isFirst)
            await KeepFirmAsync(maker.PlainFirm, ct);
        await maker.AddAsync(administrator, isFirst ? maker.PlainFirm.Name : null, ct);
        await work.SaveAsync(ct);
    }

    /// <summary>The firm's row is what two at once meet at: its id is the same for both, or its version.</summary>
    private async Task KeepFirmAsync(Firm firm, CancellationToken ct)
    {
        var known = await store.OrganisationAsync(ct);
        var organisation = known ?? new Organisation();
        (organisation.Name, organisation.Country, organisation.Language, organisation.TimeZone, organisation.Currency) = (firm.Name, firm.Country, firm.Language, firm.TimeZone, firm.Currency);
        organisation.Format = FormatOf(firm);
        organisation.SetUp(clock.GetUtcNow().UtcDateTime);
        Rule.RequireNone(organisation.Check().Select(b => b with { Property = b.Property == nameof(Organisation.Name) ? "Organisation" : b.Property }));
        if (known is null)
            store.Add(organisation);
    }

    /// <summary>The format people of the country write in, where it is one of those there are.</summary>
    private static string FormatOf(Firm firm)
    {
        var own = $"{CultureInfo.GetCultureInfo(firm.Language).TwoLetterISOLanguageName}-{firm.Country.ToUpperInvariant()}";
        return Formats.Names.Contains(own) ? own : firm.Language == "en" ? "en-GB" : "zh-CN";
    }
}

/// <summary>Makes an administrator with a password.</summary>
internal sealed class AdministratorMaker(IRepository<User> users, IRepository<Team> teams, ICredentials credentials, ISetupStore store, SiteOptions site)
{
    /// <summary>A firm about which nothing is known but the configuration.</summary>
    public Firm PlainFirm => new("CrmWeb", "GB", site.DefaultCulture, site.DefaultTimeZone, site.BaseCurrency);

    /// <param name="team">Name of his home team, to be made; null for none.</param>
    public async Task AddAsync(NewAdministrator administrator, string? team, CancellationToken ct)
    {
        var user = new User { Name = administrator.Name, Email = administrator.Email };
        Rule.RequireNone([.. user.Check(), .. PasswordRules.Check(administrator.Password, administrator.Email, site.IsDemo)]);

        users.Add(user);
        user.SetRoles([await store.AdministratorRoleAsync(ct)]);
        if (team is not null)
        {
            var home = new Team { Name = team };
            teams.Add(home);
            user.SetHomeTeam(home.Id);
        }
        await credentials.SetPasswordAsync(user.Id, administrator.Password, ct);
    }
}
