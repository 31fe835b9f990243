using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Access;

public static class AccessServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAccess() => services
            .AddSingleton<RecordType, UserType>()
            .AddSingleton<RecordType, TeamType>()
            .AddScoped<Actor>()
            .AddScoped<ICurrentUser>(s => s.GetRequiredService<Actor>())
            .AddScoped<ISignInService, SignInService>()
            .AddScoped<IAuditLog, AuditLog>()
            .AddScoped<PasswordLinks>()
            .AddScoped<PasswordChange>()
            .AddScoped<IPasswordService, PasswordService>()
            .AddScoped<AdministratorMaker>()
            .AddScoped<ISetupService, SetupService>()
            .AddScoped<OwnPassword>()
            .AddScoped<OwnSessions>()
            .AddScoped<IFreshSignIn, FreshSignIn>()
            .AddScoped<IAccountService, AccountService>()
            .AddScoped<UserGuard>()
            .AddScoped<UserChanges>()
            .AddScoped<UserWelcome>()
            .AddScoped<IUserService, UserService>()
            .AddScoped<HandOvers>()
            .AddScoped<IHandOverService, HandOverService>()
            .AddScoped<TeamGuard>()
            .AddScoped<ITeamService, TeamService>()
            .AddScoped<RoleGuard>()
            .AddSingleton<RoleFields>()
            .AddScoped<IRoleService, RoleService>()
            .AddScoped<IRolePreviews, RolePreviews>()
            .AddScoped<RecordFacts>()
            .AddScoped<IAccessExplainer, AccessExplainer>();
    }
}
