using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Verbs;

namespace CrmWeb.Web.Access.Setup;

internal static class SetupServices
{
    public static IServiceCollection AddSetup(this IServiceCollection services) => services
        .AddSingleton<SetupCode>()
        .AddSingleton<IVerb>(_ => new CreateAdminVerb(Console.In));

    /// <summary>On the console only: a log is read by more people.</summary>
    public static async Task AnnounceSetupAsync(this WebApplication app, TextWriter console, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ISetupService>().IsOpenAsync(ct))
            await console.WriteLineAsync($"Nobody can sign in yet. Open {app.Services.GetRequiredService<SiteOptions>().Url}/setup; when it asks for a code: {app.Services.GetRequiredService<SetupCode>().Text}");
    }
}
