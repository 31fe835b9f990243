using System.Runtime;
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
using CrmWeb.Web.Automation.Live;
using CrmWeb.Web.Automation.Outbox;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Backups;
using CrmWeb.Web.Common.Checks;
using CrmWeb.Web.Common.Hosting;
using CrmWeb.Web.Common.SavedViews;
using CrmWeb.Web.Common.Verbs;
using Microsoft.AspNetCore.Connections;

try
{
    // "--help" is the verb help; "--demo" and "--new-keys" alone are switches.
    var verb = args is [var first, ..] && !first.StartsWith('-') ? first : args is ["--help" or "-h", ..] ? "help" : null;
    var options = verb is null ? args.Select(a => a is "--demo" or $"--{KeysAtStart.Option}" ? $"{a}=true" : a).ToArray() : [];
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = options,
        ContentRootPath = AppContext.BaseDirectory, // the application's own folder, wherever it was called from
    });
    SettingsCheck.Require(builder.Configuration, options);
    builder.WebHost.UseStaticWebAssets(); // also outside Development, as long as it runs from a build
    builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true"; // an unknown file is not found like any other address
    var site = SiteConfiguration.Read(builder.Configuration, builder.Environment.ContentRootPath);
    builder.AddAddresses(site);
    builder.AddProxies();
    builder.AddLimits();
    site.RequireFolder();
    builder.AddLogs(site, isVerb: verb is not null);
    builder.Services
        .AddSingleton(site)
        .AddSingleton(TimeProvider.System)
        .AddFront()
        .AddDatabase(builder.Configuration, site)
        .AddIntegrations(Path.GetFullPath(builder.Configuration.Given("Files:Path") ?? "files", site.DataPath), MailConfiguration.Read(builder.Configuration, site))
        .AddCommon()
        .AddAccess()
        .AddKeys(builder.Configuration, site)
        .AddDoors(site)
        .AddSetup()
        .AddCustomers()
        .AddDemo()
        .AddAutomation()
        .AddSingleton<IVerb, HelpVerb>()
        .AddSingleton<IVerb, MigrateVerb>()
        .AddSingleton<IVerb, ImportVerb>()
        .AddSingleton<IVerb, ExportVerb>()
        .AddSingleton<IVerb, SeedVerb>()
        .AddSingleton<IVerb>(s => new BackupVerb(s.GetRequiredService<SiteOptions>(), Console.In))
        .AddSingleton<IVerb>(s => new RestoreVerb(s.GetRequiredService<SiteOptions>(), Console.In))
        .AddChecks()
        .AddSingleton<LiveStream>()
        .AddSingleton<ISealer, Sealer>()
        .AddHostedService<ViewStateWriter>()
        .AddHostedService<JobHost>();

    var app = builder.Build();
    if (verb is not null)
    {
        GCSettings.LatencyMode = GCLatencyMode.Batch; // no page waits: memory is given back rather than pauses kept short
        await using (app) // what it wrote goes into the file before it ends
            return await VerbRunner.RunAsync(app.Services, verb, args[1..], Console.Out, CancellationToken.None);
    }

    var prepared = Task.Run(() => app.Services.PrepareDatabaseAsync(CancellationToken.None)); // while the front is put together
    app.UseForwardedHeaders();
    app.UseRequestLog();
    app.UseFront().UseDoors().MapFront().MapChecks();
    await prepared;
    await app.Services.RequireKeysAsync(CancellationToken.None);
    await app.Services.FoundDemoCompanyAsync(Console.Out, CancellationToken.None);
    await app.AnnounceSetupAsync(Console.Out, CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (Exception stop) when (stop is ConfigurationException or UnusableDatabaseException)
{
    await Console.Error.WriteLineAsync(stop.Message);
    return 1;
}
catch (IOException taken) when (taken.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync("The address to listen on is in use by another program. Stop that one, or choose another address with --urls.");
    return 1;
}
catch (InvalidDataException unreadable) when (unreadable.InnerException is FormatException)
{
    await Console.Error.WriteLineAsync($"{unreadable.Message} {unreadable.InnerException.Message}"); // appsettings.json
    return 1;
}

/// <summary>The application's entry point, for the tests' host.</summary>
public partial class Program;
