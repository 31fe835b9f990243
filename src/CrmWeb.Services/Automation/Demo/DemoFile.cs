namespace CrmWeb.Services.Automation;

/// <summary>A file of words for made-up companies: sections in brackets, a line per entry.</summary>
internal sealed class DemoFile
{
    private readonly Dictionary<string, List<string>> sections = new(StringComparer.Ordinal);

    private DemoFile(TextReader text)
    {
        var lines = new List<string>();
        while (text.ReadLine() is { } line)
        {
            if (line is ['[', .. var name, ']'])
                sections[name] = lines = [];
            else
                lines.Add(line);
        }
    }

    public static DemoFile Open(string name)
    {
        using var text = new StreamReader(Stream(name));
        return new(text);
    }

    public static Stream Stream(string name) => typeof(DemoFile).Assembly.GetManifestResourceStream($"demo.{name}") ?? throw new InvalidOperationException($"{name} is not embedded.");

    /// <summary>The entries of a section; none when the file lacks it.</summary>
    public IReadOnlyList<string> Lines(string section) => [.. All(section).Where(l => l.Length > 0)];

    /// <summary>The lines of a section as they stand, blank ones too.</summary>
    public IReadOnlyList<string> All(string section) => sections.GetValueOrDefault(section, []);

    /// <summary>The words of a section, separated by blanks.</summary>
    public IReadOnlyList<string> Words(string section) => [.. Lines(section).SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The phrases of a section, separated by semicolons.</summary>
    public IReadOnlyList<string> Phrases(string section) => [.. Lines(section).SelectMany(l => l.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public IReadOnlyDictionary<string, string> Values(string section) =>
        Lines(section).Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
}
