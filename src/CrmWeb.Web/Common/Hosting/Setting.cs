using System.Globalization;
using System.Text.RegularExpressions;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>A key of the configuration, and what may stand there.</summary>
/// <param name="Fault">What a value should be instead; null when it can be used.</param>
internal sealed partial record Setting(string Key, Func<string, string?> Fault)
{
    /// <summary>All that are in use anywhere.</summary>
    private static readonly Lazy<IReadOnlySet<string>> Currencies = new(() =>
        CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name).ISOCurrencySymbol).Where(c => Code.IsMatch(c)).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Everything that can be configured; README explains each.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Data:Path", Anything),
        new("Database:Provider", OneOf("Sqlite", "SqlServer")),
        new("Database:ConnectionString", Anything),
        new("Files:Path", Anything),
        new("Site:BaseUrl", v => IsAddress(v) ? null : "the address people use, http or https, without a path, such as https://crm.example.com"),
        new("Site:DefaultCulture", OneOf([.. Localizer.Languages.Select(l => l.Name)])),
        new("Site:DefaultTimeZone", v => TimeZoneInfo.TryFindSystemTimeZoneById(v, out _) ? null : "the IANA name of a time zone, such as Europe/Berlin"),
        new("Site:BaseCurrency", v => Currencies.Value.Contains(v) ? null : "the ISO 4217 code of a currency, such as EUR"),
        new("Proxy:Known", v => Proxies.TryRead(v, out _) ? null : "a list of addresses and networks, such as 10.0.0.2, 10.1.0.0/16"),
        new("Limits:DoorsPerMinute", Whole(1, 1_000_000)),
        new("Limits:SignedOutPerMinute", Whole(1, 1_000_000)),
        new("Limits:FilesPerUserMegabytes", Whole(1, 1_000_000_000)),
        new("Mail:Smtp:Host", v => Uri.CheckHostName(v) != UriHostNameType.Unknown ? null : "the name or address of a server alone, such as mail.example.com"),
        new("Mail:Smtp:Port", Whole(1, 65_535)),
        new("Mail:Smtp:User", Anything),
        new("Mail:Smtp:Password", Anything),
        new("Mail:Smtp:From", v => EmailAddress.IsValid(v) ? null : "the email address that mails come from"),
        new("Mail:Smtp:Tls", OneOf("required", "none")),
        new("Keys:Certificate", Anything),
        new("Keys:CertificatePassword", Anything),
    ];

    private static string? Anything(string value) => null;

    private static Func<string, string?> OneOf(params string[] choices) => value => choices.Contains(value, StringComparer.Ordinal) ? null : string.Join(" or ", choices);

    private static Func<string, string?> Whole(long least, long most) => value =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? null : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    private static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

    [GeneratedRegex("^[A-Z]{3}$", RegexOptions.None, 1000)]
    private static partial Regex Code { get; }
}

internal static class GivenSettings
{
    extension(IConfiguration configuration)
    {
        /// <summary>What was set; null where it was left out, or left empty.</summary>
        public string? Given(string key) => configuration[key] is { Length: > 0 } value ? value : null;
    }
}
