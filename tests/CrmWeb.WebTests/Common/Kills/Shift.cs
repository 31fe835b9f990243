using System.Collections.Concurrent;
using System.Globalization;

namespace CrmWeb.WebTests.Common.Kills;

/// <summary>What the server answered to a request that changes something.</summary>
internal enum Answer { None, Kept, Refused }

/// <summary>People at work on a server that is gone at any moment. They remember what they asked for and what they were told, over all its lives.</summary>
internal sealed class Shift(int port)
{
    /// <summary>Industry of the customers that are changed many at once.</summary>
    public const string Many = "killed together";

    private readonly List<Browser> people = [];
    private int made;

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, Answer> Customers { get; } = new(StringComparer.Ordinal);

    /// <summary>By subject.</summary>
    public ConcurrentDictionary<string, Answer> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>By address.</summary>
    public ConcurrentDictionary<string, Answer> Invited { get; } = new(StringComparer.Ordinal);

    /// <summary>Territories asked for in turn, by customer, and what was told about each.</summary>
    public ConcurrentDictionary<long, List<(string Value, Answer Answer)>> Edits { get; } = new();

    /// <summary>Ids of runs over many records.</summary>
    public ConcurrentBag<long> Runs { get; } = [];

    /// <summary>What the server said no to: there is no reason to.</summary>
    public ConcurrentBag<string> Refusals { get; } = [];

    public int Jobs { get; private set; }

    public int Acknowledged => Customers.Values.Count(a => a == Answer.Kept) + Calls.Values.Count(a => a == Answer.Kept) + Invited.Values.Count(a => a == Answer.Kept)
        + Edits.Values.Sum(e => e.Count(x => x.Answer == Answer.Kept)) + Runs.Count + Jobs;

    /// <summary>Each in a session of his own, which outlives the process.</summary>
    public async Task SignInAsync()
    {
        while (people.Count < 5)
        {
            var browser = KilledServer.Browser(port);
            await (await browser.OpenAsync("/sign-in")).SubmitAsync(("Email", People.Admin.Email!), ("Password", People.Password));
            people.Add(browser);
        }
    }

    /// <summary>All work at once until the server is gone.</summary>
    public Task WorkAsync() => Task.WhenAll(
        UntilGoneAsync(() => CreateAsync(people[0])), UntilGoneAsync(() => EditAsync(people[1])), UntilGoneAsync(() => ChangeManyAsync(people[2])),
        UntilGoneAsync(() => InviteAsync(people[3])), UntilGoneAsync(() => RunJobsAsync(people[4])));

    private static async Task UntilGoneAsync(Func<Task> act)
    {
        try
        {
            while (true)
                await act();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // Killed: what was asked for last may be there or not.
        }
    }

    private async Task CreateAsync(Browser browser)
    {
        var n = Interlocked.Increment(ref made);
        var (name, call) = (Text($"Kjell {n:00000} Werk"), Text($"First talk {n:00000}"));
        Customers[name] = Answer.None;
        var answer = await browser.PostAsync("/customers", ("Kind", "Organisation"), ("Name", name), ("Email", Text($"kjell{n}@werk.example")), ("Currency", "SEK"));
        Customers[name] = Told(answer, "/customers/");
        if (Customers[name] != Answer.Kept)
            return;

        var id = answer.Location!.Split('/')[2];
        Calls[call] = Answer.None;
        Calls[call] = Told(await browser.PostAsync("/activities/log", ("Kind", "Call"), ("CustomerId", id), ("Subject", call), ("Body", "They want it by May.")), "/");
        Edits.TryAdd(long.Parse(id, CultureInfo.InvariantCulture), []);
    }

    private async Task EditAsync(Browser browser)
    {
        if (Edits.IsEmpty)
        {
            await browser.OpenAsync("/customers"); // there is none yet
            return;
        }
        var (id, edits) = Edits.ElementAt(Random.Shared.Next(Edits.Count));
        var value = Text($"Land {Interlocked.Increment(ref made):00000}");
        var form = await browser.OpenAsync(Text($"/customers/{id}/edit"));
        edits.Add((value, Answer.None));
        edits[^1] = (value, Told(await form.SubmitAsync(("Territory", value)), "/"));
    }

    private async Task ChangeManyAsync(Browser browser)
    {
        var list = $"/customers?view=all&f.industry.is={Uri.EscapeDataString(Many)}";
        await (await browser.OpenAsync(list)).SubmitAsync("#picks", ("All", "true"));
        var form = await browser.OpenAsync(list.Replace("/customers?", "/customers/bulk/fields?", StringComparison.Ordinal));
        var answer = await form.SubmitAsync(("set", "territory"), ("Territory", Text($"Round {Interlocked.Increment(ref made):00000}")));
        if (Told(answer, "/bulk/") != Answer.Kept)
            return;
        Runs.Add(long.Parse(answer.Location!.Split('/')[2], CultureInfo.InvariantCulture));
        while (!(await browser.OpenAsync(answer.Location!)).Has("#progress[data-reload=done]"))
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private async Task InviteAsync(Browser browser)
    {
        var email = Text($"new{Interlocked.Increment(ref made):00000}@killed.example");
        Invited[email] = Answer.None;
        Invited[email] = Told(await browser.PostAsync("/settings/users", ("Name", "Nova Newcomer"), ("Email", email), ("HomeTeamId", Text($"{People.North.Id}")), ("Roles", "12")), "/settings/users");
    }

    /// <summary>Mails leave and figures are counted as often as there is a new second.</summary>
    private async Task RunJobsAsync(Browser browser)
    {
        foreach (var job in new[] { "outbox", "figures" })
        {
            if (Told(await browser.PostAsync($"/settings/jobs/{job}/run"), "/settings/jobs") == Answer.Kept)
                Jobs++;
        }
        await Task.Delay(150, TestContext.Current.CancellationToken);
    }

    private Answer Told(Page answer, string leadsTo)
    {
        if (answer.Location?.StartsWith(leadsTo, StringComparison.Ordinal) == true)
            return Answer.Kept;
        Refusals.Add($"{answer.Answer.RequestMessage!.RequestUri!.AbsolutePath} {answer.Status} {answer.Location} {answer.Text}");
        return Answer.Refused;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
