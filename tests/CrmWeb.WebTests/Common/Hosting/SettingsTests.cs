using System.Text.RegularExpressions;
using CrmWeb.Web.Common.Hosting;
using Microsoft.Extensions.Configuration;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>What is wrong with the configuration is said before anything is written, all of it at once, with the cure.</summary>
public sealed partial class SettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Mail:Smtp:Hots", "mail.example", "Mail:Smtp:Hots is not a setting; did you mean Mail:Smtp:Host?")]
    [InlineData("Mail:Host", "mail.example", "Mail:Host is not a setting; did you mean Mail:Smtp:Host?")]
    [InlineData("Databse:Provider", "Sqlite", "Databse:Provider is not a setting; did you mean Database:Provider?")]
    [InlineData("Data:Colour", "red", "Data:Colour is not a setting; there are Data:Path.")]
    [InlineData("Proxy:Known:0", "10.0.0.2", "Proxy:Known:0 is not a setting; did you mean Proxy:Known?")]
    [InlineData("Site:DefaultTimeZone", "Mars/Base", "Site:DefaultTimeZone is \"Mars/Base\"; it has to be the IANA name of a time zone, such as Europe/Berlin.")]
    [InlineData("Site:DefaultCulture", "tlh", "Site:DefaultCulture is \"tlh\"; it has to be en or zh-Hans.")]
    [InlineData("Site:BaseCurrency", "XYZ", "Site:BaseCurrency is \"XYZ\"; it has to be the ISO 4217 code of a currency, such as EUR.")]
    [InlineData("Site:BaseUrl", "crm.example", "Site:BaseUrl is \"crm.example\"; it has to be the address people use")]
    [InlineData("Site:BaseUrl", "https://crm.example/app", "Site:BaseUrl is")]
    [InlineData("Site:BaseUrl", "ftp://crm.example", "Site:BaseUrl is")]
    [InlineData("Database:Provider", "Postgres", "Database:Provider is \"Postgres\"; it has to be Sqlite or SqlServer.")]
    [InlineData("Database:Provider", "SqlServer", "Database:ConnectionString is missing: SQL Server needs one.")]
    [InlineData("Database:ConnectionString", "Colour=red", "Database:ConnectionString cannot be used:")]
    [InlineData("Mail:Smtp:From", "crm@x.example", "Mail:Smtp:Host is missing")]
    [InlineData("Mail:Smtp:Host", "mail.example", "Mail:Smtp:From is missing")]
    [InlineData("Mail:Smtp:Host", "https://mail.example", "Mail:Smtp:Host is")]
    [InlineData("Mail:Smtp:Port", "70000", "Mail:Smtp:Port is \"70000\"; it has to be a whole number from 1 to 65535.")]
    [InlineData("Mail:Smtp:Tls", "maybe", "Mail:Smtp:Tls is \"maybe\"; it has to be required or none.")]
    [InlineData("Proxy:Known", "10.0.0", "Proxy:Known is")]
    [InlineData("Proxy:Known", "10.0.0.2/33", "Proxy:Known is")]
    [InlineData("Proxy:Known", "10.0.0.2, proxy.example", "Proxy:Known is")]
    [InlineData("Limits:DoorsPerMinute", "0", "Limits:DoorsPerMinute is \"0\"; it has to be a whole number from 1 to 1000000.")]
    [InlineData("Limits:FilesPerUserMegabytes", "2 GB", "Limits:FilesPerUserMegabytes is")]
    [InlineData("Keys:Certificate", "/nowhere/keys.pfx", "Keys:Certificate cannot be read")]
    [InlineData("urls", "localhost:x", "\"localhost:x\" of --urls is no address")]
    [InlineData("urls", "http://0.0.0.0:80", "Site:BaseUrl is missing")]
    public void What_cannot_be_used_is_named_with_the_cure(string key, string value, string said) => Assert.Contains(said, Faults((key, value))[0], StringComparison.Ordinal);

    [Fact]
    public void What_can_be_used_is_taken_and_what_is_not_ours_is_left_alone() => Assert.Empty(Faults(
        ("data:path", "/srv/crm"), ("Database:Provider", "SqlServer"), ("Database:ConnectionString", "Server=db;Database=CrmWeb;User Id=crm;Password=x"),
        ("Site:BaseUrl", "https://crm.example:8443/"), ("Site:DefaultCulture", "zh-Hans"), ("Site:DefaultTimeZone", "Asia/Shanghai"), ("Site:BaseCurrency", "cny"),
        ("Proxy:Known", "10.0.0.2, 10.1.0.0/16, ::1"), ("Mail:Smtp:Host", "mail.example"), ("Mail:Smtp:Port", "465"), ("Mail:Smtp:From", "crm@x.example"), ("Mail:Smtp:Tls", "none"), ("Limits:DoorsPerMinute", ""),
        ("urls", "http://127.0.0.1:0"), ("Mail", "/var/mail/root"), ("Logging:LogLevel:Default", "Warning"), ("Kestrel:Limits:MaxConcurrentConnections", "100"), ("npm_config:cache", "x")));

    [Theory]
    [InlineData("--dmeo", "--dmeo is not an option; did you mean --demo?")]
    [InlineData("--verbose=9", "--verbose is not an option.")]
    public void An_option_that_nobody_knows_is_refused(string argument, string said) =>
        Assert.Equal(said, Assert.Throws<ConfigurationException>(() => SettingsCheck.Require(Configuration(), [argument])).Message);

    [Fact]
    public async Task All_is_said_at_once_and_nothing_is_written()
    {
        var data = Path.Combine(Path.GetTempPath(), $"crmweb-settings-{Guid.NewGuid():N}");

        var (result, said) = await CommandLine.RunAsync([("Data__Path", data), ("Site__DefaultTimeZone", "Mars/Base"), ("Mail__Smtp__Hots", "x"), ("Database__Provider", "SqlServer"), ("Mail__Smtp__Password", "not to be told")], "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, result);
        Assert.Equal(3, said.Trim().Split('\n').Length);
        Assert.Contains("Site:DefaultTimeZone", said, StringComparison.Ordinal);
        Assert.Contains("did you mean Mail:Smtp:Host?", said, StringComparison.Ordinal);
        Assert.Contains("SQL Server needs one", said, StringComparison.Ordinal);
        Assert.DoesNotContain("not to be told", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
        Assert.Equal(1, (await CommandLine.RunAsync([("Data__Path", data), ("Data__Pth", "x")], "migrate")).Result); // verbs too
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_verb_with_an_option_it_does_not_know_does_nothing()
    {
        var data = Directory.CreateTempSubdirectory("crmweb-settings-").FullName;

        var (result, said) = await CommandLine.RunAsync(data, "migrate", "--dry-run");

        Assert.Equal(2, result);
        Assert.Contains("Unknown: --dry-run", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, "crm.db")));
        var (_, near) = await CommandLine.RunAsync(data, "export", "customers", "x.csv", "--qery", "cols=name");
        Assert.Contains("Did you mean --query?", near, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Help_names_every_verb()
    {
        var data = Directory.CreateTempSubdirectory("crmweb-settings-").FullName;

        var (result, said) = await CommandLine.RunAsync(data, "--help");

        Assert.Equal(0, result);
        Assert.All(["check", "migrate", "import TYPE FILE", "backup FILE"], v => Assert.Contains($"CrmWeb.Web {v}", said, StringComparison.Ordinal));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_in_a_sentence()
    {
        var data = Directory.CreateTempSubdirectory("crmweb-settings-").FullName;
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();

        var (result, said) = await CommandLine.RunAsync(data, "--urls", $"http://{other.LocalEndpoint}");

        Assert.Equal(1, result);
        Assert.Contains("in use by another program", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public void The_readme_explains_every_setting_and_no_other()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        var table = readme[readme.IndexOf("## Configuration", StringComparison.Ordinal)..readme.IndexOf("## Where things lie", StringComparison.Ordinal)];
        var explained = Row.Matches(table).SelectMany(r => Keys(r.Groups["keys"].Value)).Where(k => k.Contains(':', StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(Setting.All.Select(s => s.Key).Order(StringComparer.Ordinal), explained);
    }

    /// <summary>"`Mail:Smtp:Host`, `Port`" → both in full.</summary>
    private static IEnumerable<string> Keys(string cell)
    {
        var names = cell.Split(',', StringSplitOptions.TrimEntries).Select(n => n.Trim('`')).ToList();
        var section = names[0].Contains(':', StringComparison.Ordinal) ? names[0][..(names[0].LastIndexOf(':') + 1)] : "";
        return names.Select(n => n.Contains(':', StringComparison.Ordinal) ? n : section + n);
    }

    private static string[] Faults(params (string Key, string Value)[] settings)
    {
        try
        {
            SettingsCheck.Require(Configuration(settings), []);
            return [];
        }
        catch (ConfigurationException wrong)
        {
            return wrong.Message.Split(Environment.NewLine);
        }
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CrmWeb.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| (?<keys>`[^|]+`) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }
}
