using System.Globalization;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Kills;

/// <summary>
/// The server is killed while people create, edit, change many at once, invite and run jobs, and started again, ten times over.
/// What it had said yes to is there, nothing is half there, every mail leaves as one, and no work stays undone.
/// </summary>
public sealed class ServerKillTests
{
    private const int Kills = 10, RowsOfMany = 1_200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>200 kills by <c>tests/run --long</c>.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, LongRun.IsOn ? 20 : 1)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Ten_kills_lose_halve_double_and_strand_nothing(int seed)
    {
        var (data, port, random) = (Directory.CreateTempSubdirectory("crmweb-kills-").FullName, KilledServer.FreePort(), new Random(seed));
        await using var sink = new MailSink();
        var shift = new Shift(port);
        await PrepareAsync(data);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await KilledServer.StartAsync(data, port, sink.Settings);
            await shift.SignInAsync();
            var (before, work) = (shift.Acknowledged, shift.WorkAsync());
            for (var enough = before + random.Next(10, 40); shift.Acknowledged < enough && !work.IsCompleted;)
                await Task.Delay(10, Ct);
            await Task.Delay(random.Next(150), Ct);
            server.Kill();
            await work;
            Assert.Empty(shift.Refusals);
        }

        // The one that lives on begins six minutes later: what the dead ones had in hand is free.
        await using (var app = await CrmApp.StartEmptyAsync([("Data:Path", data), .. sink.Settings]))
        {
            app.Clock.Ahead = TimeSpan.FromMinutes(6);
            await AssertNothingIsStrandedAsync(app);
            await AssertNothingIsLostAsync(app, shift);
            Assert.Empty(await app.ReadAsync(db => Soundness.FaultsAsync(db, Ct)));
            Assert.Equal(0, await app.DoAsync(services => services.GetServices<IScheduledJob>().Single(j => j.Name == "figures").RunAsync(Ct))); // customers whose figures were wrong
            await AssertNoMailIsDoubledAsync(app, shift, sink);
        }
        Directory.Delete(data, recursive: true);
        Assert.NotEmpty(shift.Runs);
        Assert.NotEmpty(shift.Calls);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Kills} kills: {shift.Acknowledged} writes acknowledged, {shift.Runs.Count} runs over {RowsOfMany} customers, {shift.Invited.Count} mails promised, {sink.Taken.Count} handed over, {sink.Taken.Select(t => t.Id).Distinct().Count()} of them different."));
    }

    /// <summary>A database with people and with the customers that are changed many at once.</summary>
    private static async Task PrepareAsync(string data)
    {
        await using var app = await CrmApp.StartAsync(("Data:Path", data));
        await app.DoAsync(async services =>
        {
            for (var i = 0; i < RowsOfMany; i++)
                services.GetRequiredService<Services.Common.IRepository<Customer>>().Add(new() { Name = string.Create(CultureInfo.InvariantCulture, $"Many {i:0000}"), Industry = Shift.Many });
            await services.GetRequiredService<Services.Common.IUnitOfWork>().SaveAsync(Ct);
        });
    }

    private static async Task AssertNothingIsStrandedAsync(CrmApp app)
    {
        IReadOnlyList<string> left = [""];
        for (var patience = 0; left.Count > 0 && patience < 900; patience++)
        {
            await Task.Delay(100, Ct);
            left = await app.ReadAsync(LeftAsync);
        }
        Assert.Empty(left);
    }

    /// <summary>What has not come to its good end.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(CrmDb db) =>
    [
        .. (await db.Set<WorkItem>().Where(w => w.State != WorkState.Done).ToListAsync(Ct)).Select(w => $"work {w.Kind} {w.Id} {w.State} {w.Error}"),
        .. (await db.Set<JobRun>().Where(r => r.EndedAt == null || r.Error != null).ToListAsync(Ct)).Select(r => $"run of {r.Job} {r.Id} {r.Error}"),
        .. (await db.Set<BulkRun>().Where(r => r.State != BulkState.Done).ToListAsync(Ct)).Select(r => $"run over many {r.Id} {r.State}"),
        .. (await db.Set<OutboxMessage>().Where(m => m.State != OutboxState.Sent).ToListAsync(Ct)).Select(m => $"mail {m.Id} {m.State} {m.Error}"),
    ];

    private static async Task AssertNothingIsLostAsync(CrmApp app, Shift shift)
    {
        AssertKept(shift.Customers, await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Industry != Shift.Many).Select(c => c.Name).ToListAsync(Ct)));
        AssertKept(shift.Calls, await app.ReadAsync(db => db.Set<Activity>().Select(a => a.Subject).ToListAsync(Ct)));
        AssertKept(shift.Invited, await app.ReadAsync(db => db.Set<Domain.Access.User>().Where(u => u.Email!.EndsWith("@killed.example")).Select(u => u.Email!).ToListAsync(Ct)));

        var territories = await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Industry != Shift.Many).ToDictionaryAsync(c => c.Id, c => c.Territory, Ct));
        foreach (var (id, edits) in shift.Edits)
        {
            // The last one that was kept, or one that was asked for after it and not refused.
            var last = edits.FindLastIndex(e => e.Answer == Answer.Kept);
            Assert.Contains(territories[id], edits.Skip(Math.Max(last, 0)).Where(e => e.Answer != Answer.Refused).Select(e => e.Value).Concat(last < 0 ? [null] : Array.Empty<string?>()));
        }

        var done = await app.ReadAsync(db => db.Set<BulkProgress>().ToDictionaryAsync(p => p.BulkRunId, p => (p.Done, p.Left), Ct));
        Assert.All(shift.Runs, run => Assert.Equal((RowsOfMany, 0), done[run]));
    }

    /// <summary>What was acknowledged is there once; of the rest nothing is there twice, and nothing that was refused.</summary>
    private static void AssertKept(IReadOnlyDictionary<string, Answer> asked, IReadOnlyList<string> stored)
    {
        Assert.Equal(stored.Count, stored.Distinct().Count());
        Assert.Empty(asked.Where(a => a.Value == Answer.Kept).Select(a => a.Key).Except(stored));
        Assert.Empty(stored.Except(asked.Where(a => a.Value != Answer.Refused).Select(a => a.Key)));
    }

    /// <summary>A mail whose sender was killed before he could note that it had left is handed over again, under the same id: whoever receives it shows it once.</summary>
    private static async Task AssertNoMailIsDoubledAsync(CrmApp app, Shift shift, MailSink sink)
    {
        var promised = await app.ReadAsync(db => db.Set<OutboxMessage>().Select(m => m.To).ToListAsync(Ct));
        var invited = await app.ReadAsync(db => db.Set<Domain.Access.User>().Where(u => u.Email!.EndsWith("@killed.example")).Select(u => u.Email!).ToListAsync(Ct));
        var mails = sink.Taken.Distinct().ToList();

        Assert.Equal(invited.Order(StringComparer.Ordinal), promised.Order(StringComparer.Ordinal)); // with each user his mail, and with none another
        Assert.Equal(promised.Order(StringComparer.Ordinal), mails.Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.Equal(mails.Count, mails.Select(m => m.Id).Distinct().Count());
        Assert.InRange(sink.Taken.Count - mails.Count, 0, Kills); // at most the one that was in hand
        Assert.NotEmpty(shift.Invited);
    }
}
