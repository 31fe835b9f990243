using System.Globalization;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Connections;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>What is written down of a running product: short lines on the console, structured ones in files. No personal data, no query strings, no secrets.</summary>
internal static class Logs
{
    private const int DaysKept = 14;

    extension(WebApplicationBuilder builder)
    {
        /// <param name="isVerb">A command answers for itself: the console gets warnings only.</param>
        public void AddLogs(SiteOptions site, bool isVerb) => builder.Host.UseSerilog((_, log) => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal) // whoever asks is told
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogEventLevel.Fatal) // the start and check say it in a sentence
            .Filter.ByExcluding(e => e.Exception is { InnerException: AddressInUseException }) // said in a sentence at the end
            .Enrich.FromLogContext()
            .WriteTo.Console(isVerb ? LogEventLevel.Warning : LogEventLevel.Information, "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture)
            .WriteTo.File(new CompactJsonFormatter(), Path.Combine(site.DataPath, "logs", "crmweb-.json"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: DaysKept, shared: true));
    }

    extension(WebApplication app)
    {
        /// <summary>One line for each request: who, what, how it ended, how long it took.</summary>
        public WebApplication UseRequestLog()
        {
            app.UseSerilogRequestLogging(log =>
            {
                log.MessageTemplate = "{RequestMethod} {RequestPath} answered {StatusCode} in {Elapsed:0} ms";
                log.GetLevel = (http, _, failure) => http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? LogEventLevel.Debug // every few seconds, by machines
                    : failure is not null || http.Response.StatusCode >= 500 ? LogEventLevel.Error : LogEventLevel.Information;
                log.EnrichDiagnosticContext = (context, http) =>
                {
                    context.Set("UserId", http.RequestServices.GetService<ICurrentUser>()?.Id);
                    context.Set("TraceId", System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
                };
            });
            return app;
        }
    }
}
