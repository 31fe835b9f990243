using System.Globalization;
using CrmWeb.Integrations.Mail;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Reads where mails go.</summary>
public static class MailConfiguration
{
    private const string Unsent = "crmweb@localhost", DefaultPort = "587";

    public static MailOptions Read(IConfiguration configuration, SiteOptions site)
    {
        string? Smtp(string name) => configuration.Given($"Mail:Smtp:{name}");

        return new(Path.Combine(site.DataPath, "mail"), Smtp("From") ?? Unsent)
        {
            Host = Smtp("Host"),
            Port = int.Parse(Smtp("Port") ?? DefaultPort, CultureInfo.InvariantCulture),
            User = Smtp("User"),
            Password = Smtp("Password"),
            NeedsTls = Smtp("Tls") != "none",
        };
    }
}
