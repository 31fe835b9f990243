using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

/// <summary>
/// Every sentence a user reads, of all modules, by key: pages, mails, jobs and exports speak from the same texts.
/// The language is the current UI culture's, numbers and dates in a sentence follow the current culture.
/// </summary>
public sealed class Localizer : IStringLocalizer, IStringLocalizerFactory
{
    /// <summary>The languages there are, each by its own name.</summary>
    public static IReadOnlyList<CultureInfo> Languages { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("zh-Hans")];

    private const string Suffix = ".Texts.resources";

    private static readonly Lazy<FrozenDictionary<string, LocalizedString>> English = new(() => Read(CultureInfo.InvariantCulture));
    private static readonly Lazy<FrozenDictionary<string, LocalizedString>> Chinese = new(() => Read(CultureInfo.InvariantCulture, Languages[1]));

    public LocalizedString this[string name] =>
        Texts.TryGetValue(name, out var text) ? text : new LocalizedString(name, name, resourceNotFound: true);

    public LocalizedString this[string name, params object[] arguments] => this[name] switch
    {
        { ResourceNotFound: true } missing => missing,
        var text => new(name, string.Format(CultureInfo.CurrentCulture, text.Value, arguments)),
    };

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => Texts.Values;

    IStringLocalizer IStringLocalizerFactory.Create(Type resourceSource) => this;

    IStringLocalizer IStringLocalizerFactory.Create(string baseName, string location) => this;

    /// <summary>The texts of one language as they are written down, module by module, without falling back to another.</summary>
    internal static IEnumerable<(string Module, string Key, string Text)> Written(CultureInfo language)
    {
        var assembly = typeof(Localizer).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)))
        {
            var module = name[..^".resources".Length];
            if (new ResourceManager(module, assembly).GetResourceSet(language, createIfNotExists: true, tryParents: false) is not { } texts)
                continue;

            foreach (System.Collections.DictionaryEntry entry in texts)
                yield return (module, (string)entry.Key, (string)entry.Value!);
        }
    }

    /// <summary>One text in each of the languages; none where the key is nobody's.</summary>
    internal static IEnumerable<string> InAll(string key) => new[] { English.Value, Chinese.Value }.Select(t => t.GetValueOrDefault(key)?.Value).OfType<string>();

    private static FrozenDictionary<string, LocalizedString> Texts => IsChinese ? Chinese.Value : English.Value;

    /// <summary>Whether the reader's language is Chinese: it has one plural form and counts in 万 and 亿.</summary>
    public static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "zh";

    private static FrozenDictionary<string, LocalizedString> Read(params ReadOnlySpan<CultureInfo> languages)
    {
        var texts = new Dictionary<string, LocalizedString>(StringComparer.Ordinal);
        foreach (var language in languages)
        {
            foreach (var (_, key, text) in Written(language))
                texts[key] = new(key, text);
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

/// <summary>The same texts for the parts of the framework that ask by type.</summary>
public sealed class Localizer<T>(IStringLocalizer texts) : IStringLocalizer<T>
{
    public LocalizedString this[string name] => texts[name];

    public LocalizedString this[string name, params object[] arguments] => texts[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
}

/// <summary>Texts that need more than a key.</summary>
public static class LocalizerExtensions
{
    extension(IStringLocalizer texts)
    {
        /// <summary>The sentence for a number of things: <c>X.one</c> or <c>X.other</c>, where {0} is the number and {1}… are the further values.</summary>
        public LocalizedString Count(string key, long n, params IEnumerable<object> values) =>
            texts[$"{key}.{(n == 1 && !Localizer.IsChinese ? "one" : "other")}", [n, .. values]];

        /// <summary>The name of a value of a choice: <c>LeadStatus.New</c>.</summary>
        public LocalizedString Name(Enum value) => texts[$"{value.GetType().Name}.{value}"];

        /// <summary>The first of these keys that has a text; null when none has.</summary>
        public LocalizedString? First(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                if (texts[key] is { ResourceNotFound: false } text)
                    return text;
            }

            return null;
        }
    }

    public static IServiceCollection AddLocalizer(this IServiceCollection services)
    {
        services.TryAddSingleton<Localizer>();
        services.TryAddSingleton<IStringLocalizer>(s => s.GetRequiredService<Localizer>());
        services.TryAddSingleton<IStringLocalizerFactory>(s => s.GetRequiredService<Localizer>());
        services.TryAddSingleton(typeof(IStringLocalizer<>), typeof(Localizer<>));
        return services;
    }
}
