using System.Globalization;
using System.Text;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>What is said and written between the demo firm and its customers, in one language.</summary>
internal sealed class Talk
{
    private static readonly string[] Languages = ["en", "zh", "de", "sv", "fr", "it", "es", "nl", "ja"];
    private static readonly Lazy<Dictionary<string, Talk>> Known = new(() => Languages.ToDictionary(l => l, l => new Talk(l, DemoFile.Open($"talk-{l}.txt")), StringComparer.Ordinal));
    private readonly Dictionary<char, List<Topic>> topics;
    private readonly Dictionary<Lifecycle, IReadOnlyList<string>> reasons;

    private Talk(string language, DemoFile file)
    {
        Culture = CultureInfo.GetCultureInfo(language == "zh" ? "zh-Hans" : language);
        (Products, Parts, Tasks) = (file.Phrases("products"), file.Phrases("parts"), file.Phrases("tasks"));
        (Rules, About) = (file.Phrases("rules"), file.Phrases("about"));
        Promises = [.. file.Lines("promises").Select(l => new Pledge(l[0], l[2..]))];
        topics = Topic.Read(file.All("topics")).GroupBy(t => t.Phase).ToDictionary(g => g.Key, g => g.ToList());
        reasons = new()
        {
            [Lifecycle.Active] = file.Phrases("reasons.active"),
            [Lifecycle.AtRisk] = file.Phrases("reasons.atrisk"),
            [Lifecycle.Lost] = file.Phrases("reasons.lost"),
            [Lifecycle.WonBack] = file.Phrases("reasons.wonback"),
        };
    }

    public CultureInfo Culture { get; }
    public IReadOnlyList<string> Products { get; }
    public IReadOnlyList<string> Parts { get; }
    public IReadOnlyList<string> Tasks { get; }
    public IReadOnlyList<Pledge> Promises { get; }
    public IReadOnlyList<string> Rules { get; }
    public IReadOnlyList<string> About { get; }

    public static Talk Of(string language) => Known.Value.GetValueOrDefault(language.Split('-')[0]) ?? Known.Value["en"];

    /// <summary>Topics for a customer in this state.</summary>
    public IReadOnlyList<Topic> Topics(Lifecycle life) => topics[life switch
    {
        Lifecycle.Prospect => 'P',
        Lifecycle.AtRisk => 'R',
        Lifecycle.Lost => 'L',
        Lifecycle.WonBack => 'W',
        _ => 'U',
    }];

    public IReadOnlyList<string> Reasons(Lifecycle to) => reasons[to];

    /// <summary>The text with its blanks filled, each with something that fits the day and the person.</summary>
    public string Fill(string text, string contact, string currency, DateOnly day, Dice dice)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
            return text;

        var filled = new StringBuilder(text.Length + 40);
        var rest = text.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            filled.Append(rest[..open]);
            var close = rest.IndexOf('}');
            var word = Blank(rest[(open + 1)..close], contact, currency, day, dice);
            filled.Append(BeginsSentence(filled) ? char.ToUpper(word[0], Culture) + word[1..] : word);
            rest = rest[(close + 1)..];
        }
        return filled.Append(rest).ToString();
    }

    private string Blank(ReadOnlySpan<char> name, string contact, string currency, DateOnly day, Dice dice) => name switch
    {
        "product" => dice.Pick(Products),
        "part" => dice.Pick(Parts),
        "qty" => dice.Between(3, 24).ToString(Culture),
        "amount" => string.Create(Culture, $"{dice.Between(12, 190) * (currency == "JPY" ? 100_000 : 1_000):N0} {currency}"),
        "week" => ISOWeek.GetWeekOfYear(day.AddDays(dice.Between(14, 45)).ToDateTime(default)).ToString(Culture),
        "month" => Culture.DateTimeFormat.GetMonthName(day.AddMonths(dice.Between(1, 4)).Month),
        "contact" => contact,
        _ => throw new FormatException($"{{{name}}} is no blank."),
    };

    private static bool BeginsSentence(StringBuilder text)
    {
        var last = text.Length - 1;
        while (last >= 0 && text[last] == ' ')
            last--;
        return last < 0 || text[last] == '.';
    }
}

/// <summary>Something promised, and whose it is: s sales, v service, m marketing, f field service.</summary>
internal sealed record Pledge(char Role, string Text);

/// <summary>One touch: kind, mood, whose it is, what is written about it, and what follows.</summary>
internal sealed record Topic(char Phase, string Kind, Mood? Mood, char Role, string Subject, string? Body, string? Next)
{
    /// <summary>Blocks of "@ phase kind mood role", subject, body and "&gt; next", separated by blank lines.</summary>
    public static IEnumerable<Topic> Read(IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not ['@', ' ', .. var head])
                continue;
            var block = lines.Skip(i + 1).TakeWhile(l => l.Length > 0).ToList();
            var (words, next) = (head.Split(' '), block.Find(l => l.StartsWith('>'))?[2..]);
            var mood = words[2] == "-" ? (Mood?)null : Enum.Parse<Mood>(words[2], ignoreCase: true);
            yield return new(words[0][0], words[1], mood, words[3][0], block[0], block.Skip(1).FirstOrDefault(l => !l.StartsWith('>')), next);
        }
    }
}
