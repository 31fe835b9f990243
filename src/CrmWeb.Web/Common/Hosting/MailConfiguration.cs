using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Integrations.Mail;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Reads where mails go.</summary>
public static class MailConfiguration
{
    private const string Unsent = "crmweb@localhost";

    /// <exception cref="ConfigurationException">There is a mail server, but no address to send from, or the port is none.</exception>
    public static MailOptions Read(IConfiguration configuration, SiteOptions site)
    {
        var smtp = configuration.GetSection("Mail:Smtp");
        var folder = Path.Combine(site.DataPath, "mail");
        if (smtp["Host"] is not { Length: > 0 } host)
            return new(folder, Unsent);

        var from = smtp["From"] ?? "";
        if (!EmailAddress.IsValid(from))
            throw new ConfigurationException("Mail:Smtp:From is not an email address: mails need a sender.");
        if (!int.TryParse(smtp["Port"] ?? "587", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65_535)
            throw new ConfigurationException($"Mail:Smtp:Port is \"{smtp["Port"]}\"; it is a number up to 65535.");

        return new(folder, from)
        {
            Host = host,
            Port = port,
            User = smtp["User"] is { Length: > 0 } user ? user : null,
            Password = smtp["Password"],
            NeedsTls = !string.Equals(smtp["Tls"], "none", StringComparison.OrdinalIgnoreCase),
        };
    }
}
