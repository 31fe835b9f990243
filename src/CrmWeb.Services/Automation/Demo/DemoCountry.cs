using System.Globalization;

namespace CrmWeb.Services.Automation;

/// <summary>What firms, people, places and telephone numbers of a country look like.</summary>
internal sealed class DemoCountry
{
    private static readonly string[] Codes = ["se", "de", "gb", "fr", "it", "jp", "cn", "us", "nl", "es", "ie", "at"];
    private static readonly Lazy<IReadOnlyList<DemoCountry>> Known = new(() => [.. Codes.Select(c => new DemoCountry(DemoFile.Open($"country-{c}.txt")))]);

    private DemoCountry(DemoFile file)
    {
        var values = file.Values("country");
        (Code, Currency, Language, Territory) = (values["code"], values["currency"], values["language"], values["territory"]);
        (Mobile, Tax, Zone) = (values["mobile"], values["tax"], values["zone"]);
        (Terms, Share) = (int.Parse(values["terms"], CultureInfo.InvariantCulture), int.Parse(values["share"], CultureInfo.InvariantCulture));
        Cities = [.. file.Lines("cities").Select(l => DemoCity.Of(l, Zone))];
        (Streets, Districts, Forms) = (file.Lines("streets"), file.Words("districts"), file.Lines("forms"));
        var joint = values.ContainsKey("joint") ? " " : "";
        Stems = [.. file.Words("stems").Select(Word.Of), .. file.Words("starts").SelectMany(s => file.Words("ends").Select(e => Word.Of($"{s}{joint}{e}")))];
        Lines = [.. file.Lines("lines").Select(l => l.Split('=')).Select(p => new DemoLine(p[0], p[1], p.Length > 2 ? p[2] : p[0]))];
        (Families, Women, Men) = ([.. file.Words("family").Select(Word.Of)], [.. file.Words("given.f").Select(Word.Of)], [.. file.Words("given.m").Select(Word.Of)]);
        Salutations = file.Words("salutations");
        Titles = [.. file.Lines("titles").Select(l => l.Split('|')).Select(p => new DemoTitle(p[0], p[1], Enum.Parse<Domain.Customers.ContactRole>(p[2])))];
    }

    public static IReadOnlyList<DemoCountry> All => Known.Value;

    public string Code { get; }
    public string Currency { get; }
    public string Language { get; }
    public string Territory { get; }
    public string Mobile { get; }
    public string Tax { get; }
    public string Zone { get; }
    public int Terms { get; }
    private int Share { get; }
    public IReadOnlyList<DemoCity> Cities { get; }
    public IReadOnlyList<string> Streets { get; }
    public IReadOnlyList<string> Districts { get; }
    public IReadOnlyList<string> Forms { get; }
    public IReadOnlyList<Word> Stems { get; }
    public IReadOnlyList<DemoLine> Lines { get; }
    public IReadOnlyList<Word> Families { get; }
    public IReadOnlyList<Word> Women { get; }
    public IReadOnlyList<Word> Men { get; }
    public IReadOnlyList<string> Salutations { get; }
    public IReadOnlyList<DemoTitle> Titles { get; }

    public bool IsChinese => Code == "CN";
    public bool IsEastAsian => Code is "CN" or "JP";

    public static DemoCountry Of(string code) => All.Single(c => c.Code == code);

    /// <summary>Each country as often as the firm has customers there.</summary>
    public static DemoCountry Pick(Dice dice)
    {
        var place = dice.Next(All.Sum(c => c.Share));
        return All.First(c => (place -= c.Share) < 0);
    }
}

/// <summary>A word, and how it is written in an address of the net.</summary>
internal readonly record struct Word(string Text, string Latin)
{
    public static Word Of(string entry) => entry.Split('=') is [var text, var latin] ? new(text, latin) : new(entry, Latinize(entry));

    /// <summary>Small letters and digits, Han read aloud.</summary>
    public static string Latinize(string text) => string.Concat(Pinyin.Full(text).Where(char.IsAsciiLetterOrDigit));
}

internal sealed record DemoCity(string Name, string Region, string Postal, string Phone, TimeZoneInfo Zone)
{
    public static DemoCity Of(string line, string zone) => line.Split('|') is var p
        ? new(p[0], p[1], p[2], p[3], TimeZoneInfo.FindSystemTimeZoneById(p.Length > 4 ? p[4] : zone)) : throw new FormatException(line);
}

/// <summary>What a firm makes: the word in its name, the industry, and the word in its English name.</summary>
internal sealed record DemoLine(string Name, string Industry, string English);

internal sealed record DemoTitle(string Title, string Department, Domain.Customers.ContactRole Role);
