using CrmWeb.Data.Common;
using CrmWeb.Integrations;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access;
using CrmWeb.Web.Access.Keys;
using CrmWeb.Web.Access.Setup;
using CrmWeb.Web.Automation.Demo;
using CrmWeb.Web.Automation.Jobs;
using CrmWeb.Web.Automation.Outbox;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Backups;
using CrmWeb.Web.Common.Hosting;
using CrmWeb.Web.Common.SavedViews;
using CrmWeb.Web.Common.Verbs;

var verb = args is [var first, ..] && !first.StartsWith('-') ? first : null;
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = verb is null ? [.. args.Select(a => a == "--demo" ? "--demo=true" : a)] : [],
    ContentRootPath = AppContext.BaseDirectory, // the application's own folder, wherever it was called from
});
builder.WebHost.UseStaticWebAssets(); // also outside Development, as long as it runs from a build
builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true"; // an unknown file is not found like any other address
var site = SiteConfiguration.Read(builder.Configuration, builder.Environment.ContentRootPath);

try
{
    site.RequireFolder();
    builder.AddLogs(site, isVerb: verb is not null);
    builder.AddAddresses(site);
    builder.AddProxies();
    builder.Services
        .AddSingleton(site)
        .AddSingleton(TimeProvider.System)
        .AddFront()
        .AddDatabase(builder.Configuration, site)
        .AddIntegrations(Path.GetFullPath(builder.Configuration["Files:Path"] ?? "files", site.DataPath), MailConfiguration.Read(builder.Configuration, site))
        .AddCommon()
        .AddAccess()
        .AddKeys(builder.Configuration, site)
        .AddDoors(site)
        .AddSetup()
        .AddCustomers()
        .AddDemo()
        .AddAutomation()
        .AddSingleton<IVerb, MigrateVerb>()
        .AddSingleton<IVerb, ImportVerb>()
        .AddSingleton<IVerb, ExportVerb>()
        .AddSingleton<IVerb, SeedVerb>()
        .AddSingleton<IVerb>(s => new BackupVerb(s.GetRequiredService<SiteOptions>(), Console.In))
        .AddSingleton<IVerb>(s => new RestoreVerb(s.GetRequiredService<SiteOptions>(), Console.In))
        .AddSingleton<ISealer, Sealer>()
        .AddHostedService<ViewStateWriter>()
        .AddHostedService<JobHost>();

    var app = builder.Build();
    if (verb is not null)
    {
        await using (app) // what it wrote goes into the file before it ends
            return await VerbRunner.RunAsync(app.Services, verb, args[1..], Console.Out, CancellationToken.None);
    }

    await app.Services.PrepareDatabaseAsync(CancellationToken.None);
    await app.Services.FoundDemoCompanyAsync(Console.Out, CancellationToken.None);
    await app.AnnounceSetupAsync(Console.Out, CancellationToken.None);
    app.UseForwardedHeaders();
    app.UseRequestLog();
    app.UseFront().UseDoors().MapFront();
    await app.RunAsync();
    return 0;
}
catch (Exception stop) when (stop is ConfigurationException or UnusableDatabaseException)
{
    await Console.Error.WriteLineAsync(stop.Message);
    return 1;
}

/// <summary>The application's entry point, for the tests' host.</summary>
public partial class Program;
