using CrmWeb.Web.Access.Keys;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Looks at the whole configuration before anything is written or opened, and says all that is wrong at once: a misspelt key would be passed over in silence otherwise.</summary>
internal static class SettingsCheck
{
    /// <summary>Options without a section that the host itself knows.</summary>
    private static readonly string[] HostOptions = ["demo", KeysAtStart.Option, "help", "urls", "environment", "contentRoot", "applicationName", "webRoot"];

    private static readonly HashSet<string> Sections = Setting.All.Select(s => s.Key.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="arguments">Those of the command line, without those of a verb.</param>
    /// <exception cref="ConfigurationException">Names everything that is wrong, a sentence each, and the cure.</exception>
    public static void Require(IConfiguration configuration, IEnumerable<string> arguments)
    {
        var faults = UnknownOptions(arguments).Concat(UnknownKeys(configuration)).Concat(WrongValues(configuration)).Concat(WhatDoesNotGoTogether(configuration)).ToList();
        if (faults.Count > 0)
            throw new ConfigurationException(string.Join(Environment.NewLine, faults));
    }

    private static IEnumerable<string> UnknownOptions(IEnumerable<string> arguments) =>
        from argument in arguments
        where argument.StartsWith("--", StringComparison.Ordinal)
        let name = argument[2..].Split('=')[0]
        where name.All(c => char.IsAsciiLetter(c) || c == '-') && !HostOptions.Contains(name, StringComparer.OrdinalIgnoreCase) && !Sections.Contains(name)
        select $"--{name} is not an option{(Spelling.Nearest(name, HostOptions) is { } near ? $"; did you mean --{near}?" : ".")}";

    private static IEnumerable<string> UnknownKeys(IConfiguration configuration)
    {
        var known = Setting.All.Select(s => s.Key).ToList();
        foreach (var (key, _) in configuration.AsEnumerable().Where(p => p.Value is { Length: > 0 } && p.Key.Contains(':', StringComparison.Ordinal) && !known.Contains(p.Key, StringComparer.OrdinalIgnoreCase)).OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase))
        {
            var near = Spelling.Nearest(key, known) ?? known.FirstOrDefault(k => Sections.Contains(key.Split(':')[0]) && Last(k).Equals(Last(key), StringComparison.OrdinalIgnoreCase));
            if (near is not null)
                yield return $"{key} is not a setting; did you mean {near}?";
            else if (Sections.Contains(key.Split(':')[0]))
                yield return $"{key} is not a setting; there are {string.Join(", ", known.Where(k => k.StartsWith(key.Split(':')[0] + ":", StringComparison.OrdinalIgnoreCase)))}.";
        }
    }

    private static IEnumerable<string> WrongValues(IConfiguration configuration) =>
        from setting in Setting.All
        let value = configuration.Given(setting.Key)
        where value is not null
        let instead = setting.Fault(value)
        where instead is not null
        select $"{setting.Key} is \"{value}\"; it has to be {instead}.";

    private static IEnumerable<string> WhatDoesNotGoTogether(IConfiguration configuration)
    {
        var connection = configuration.Given("Database:ConnectionString");
        if (configuration.Given("Database:Provider") == "SqlServer" && connection is null)
            yield return "Database:ConnectionString is missing: SQL Server needs one.";
        if (connection is not null && DatabaseServices.Provider(configuration) is { } provider && provider.Fault(connection) is { } fault)
            yield return $"Database:ConnectionString cannot be used: {fault}";
        if (configuration.Given("Mail:Smtp:Host") is not null && configuration.Given("Mail:Smtp:From") is null)
            yield return "Mail:Smtp:From is missing: mails need a sender.";
        if (configuration.Given("Mail:Smtp:Host") is null && (configuration.Given("Mail:Smtp:From") ?? configuration.Given("Mail:Smtp:User")) is not null)
            yield return "Mail:Smtp:Host is missing: without it no mail leaves. Name the server, or take the other settings of Mail:Smtp away.";
        if (KeyServices.Fault(configuration) is { } key)
            yield return key;
        if (Addresses.Fault(configuration, SiteConfiguration.IsDemo(configuration)) is { } address)
            yield return address;
    }

    private static string Last(string key) => key[(key.LastIndexOf(':') + 1)..];
}
