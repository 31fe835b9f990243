using CrmWeb.Services.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Access;

internal static class PeopleServices
{
    /// <summary>Sign-ins and sessions: Identity on the one context. How long a password must be is a rule of ours, told beside its field.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<Login>(identity =>
            {
                Tables(identity);
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                identity.Password = new() { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
            })
            .AddEntityFrameworkStores<CrmDb>();
        return services
            .AddSingleton<StrangerTries>()
            .AddScoped<ICredentials, Credentials>()
            .AddScoped<IUserStore, UserStore>()
            .AddScoped<IRoleStore, RoleStore>()
            .AddScoped<ITeamStore, TeamStore>()
            .AddSingleton<SessionQuery>()
            .AddScoped<ISetupStore, SetupStore>()
            .AddScoped<ISessions, Sessions>()
            .AddSingleton<KnownFirm>()
            .AddScoped<IFirmReader, FirmReader>()
            .AddScoped<IAuditTrail, AuditTrail>();
    }

    /// <summary>The tables that passkeys need too.</summary>
    internal static void Tables(IdentityOptions identity) => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
}
