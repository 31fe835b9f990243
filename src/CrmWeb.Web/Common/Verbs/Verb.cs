using System.Text.RegularExpressions;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Hosting;

namespace CrmWeb.Web.Common.Verbs;

/// <summary>Something the product does on the command line instead of serving pages: <c>CrmWeb.Web VERB …</c>.</summary>
public interface IVerb
{
    string Name { get; }

    /// <summary>One line that shows how it is called.</summary>
    string Usage { get; }

    /// <summary>Whether the database must be there, and brought to the present model, before.</summary>
    bool NeedsDatabase => true;

    /// <summary>Does it with the rights of the acting user.</summary>
    /// <returns>0 when everything asked for was done.</returns>
    /// <exception cref="UsageException">The arguments are not the verb's.</exception>
    Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct);
}

/// <summary>The arguments are wrong; the message says which.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>Positions and <c>--options</c> after the verb; what nobody takes is refused.</summary>
public sealed class VerbArguments
{
    private readonly List<string> positions = [];
    private readonly Dictionary<string, string?> options = new(StringComparer.Ordinal);

    public VerbArguments(IEnumerable<string> arguments, IReadOnlySet<string> flags)
    {
        using var next = arguments.GetEnumerator();
        while (next.MoveNext())
        {
            if (!next.Current.StartsWith("--", StringComparison.Ordinal))
                positions.Add(next.Current);
            else if (flags.Contains(next.Current))
                options[next.Current] = null;
            else
                options[next.Current] = next.Current is var name && next.MoveNext() ? next.Current : throw new UsageException($"{name} needs a value.");
        }
    }

    /// <summary>Takes the next position.</summary>
    public string Take(string what)
    {
        if (positions.Count == 0)
            throw new UsageException($"{what} is missing.");
        var first = positions[0];
        positions.RemoveAt(0);
        return first;
    }

    public string? Option(string name) => options.Remove(name, out var value) ? value : null;

    public bool Flag(string name) => options.Remove(name);

    /// <summary>A whole number above zero.</summary>
    public int? Count(string name) => Option(name) is not { } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && n > 0 ? n
        : throw new UsageException($"{name} takes a whole number above 0, not \"{text}\".");

    /// <summary>Refuses options that a verb does not know, before anything is done.</summary>
    public void Require(IReadOnlyCollection<string> known)
    {
        if (options.Keys.FirstOrDefault(o => !known.Contains(o)) is { } unknown)
            throw new UsageException($"Unknown: {unknown}{(Spelling.Nearest(unknown, known) is { } near ? $". Did you mean {near}?" : "")}");
    }

    /// <summary>Refuses what nobody took.</summary>
    public void End()
    {
        if (positions.Concat(options.Keys).FirstOrDefault() is { } left)
            throw new UsageException($"Unknown: {left}");
    }
}

/// <summary>Runs a verb as the System user, or as the one of <c>--as</c>.</summary>
public static partial class VerbRunner
{
    private static readonly HashSet<string> Flags = ["--dry-run", "--password-stdin", "--passphrase-stdin"];

    public static async Task<int> RunAsync(IServiceProvider services, string name, IEnumerable<string> arguments, TextWriter output, CancellationToken ct)
    {
        var verb = services.GetServices<IVerb>().FirstOrDefault(v => v.Name == name);
        try
        {
            if (verb is null)
                throw new UsageException($"Unknown verb \"{name}\". There are: {string.Join(", ", services.GetServices<IVerb>().Select(v => v.Name))}.");
            var given = new VerbArguments(arguments, Flags);
            given.Require([.. Option.Matches(verb.Usage).Select(o => o.Value), "--as"]);
            if (verb.NeedsDatabase)
                await services.PrepareDatabaseAsync(ct);
            await using var scope = services.CreateAsyncScope();
            await ActAsync(scope.ServiceProvider, given.Option("--as"), ct);
            return await verb.RunAsync(given, scope.ServiceProvider, output, ct);
        }
        catch (UsageException wrong)
        {
            await output.WriteLineAsync(wrong.Message);
            if (verb is not null)
                await output.WriteLineAsync($"Usage: {verb.Usage}");
            return 2;
        }
    }

    private static async Task ActAsync(IServiceProvider services, string? email, CancellationToken ct)
    {
        var actor = services.GetRequiredService<Actor>();
        actor.ActAsSystem("command line");
        if (email is null)
            return;
        var profile = await services.GetRequiredService<IUserProfiles>().FindByEmailAsync(email, ct) ?? throw new UsageException($"There is no active user {email}.");
        actor.ActAs(profile, "command line");
    }

    [GeneratedRegex("--[a-z-]+", RegexOptions.None, 1000)]
    private static partial Regex Option { get; }
}
