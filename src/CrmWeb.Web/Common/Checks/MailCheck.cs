using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>Whether a mail would leave, and its links lead here.</summary>
internal sealed class MailCheck(IMailTransport transport, SiteOptions site) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await transport.TryAsync(cancellationToken);
        }
        catch (MailRefusedException refused)
        {
            return HealthCheckResult.Unhealthy($"{refused.Message} See Mail:Smtp.");
        }
        return !transport.Leaves ? HealthCheckResult.Degraded("There is no mail server: mails stay in the outbox page. Set Mail:Smtp:Host and Mail:Smtp:From.")
            : site.BaseUrl is null ? HealthCheckResult.Degraded($"Links in mails lead to {site.Url}. Set Site:BaseUrl to the address people use.")
            : HealthCheckResult.Healthy("The mail server takes mails.");
    }
}
