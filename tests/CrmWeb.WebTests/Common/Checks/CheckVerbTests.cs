using System.Text;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Common.Checks;
using CrmWeb.Web.Common.Verbs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.WebTests.Common.Checks;

/// <summary>A line for each thing the product stands on: how it is, and what to do.</summary>
public sealed class CheckVerbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_product_lacks_a_mail_server_at_most()
    {
        await using var app = await CrmApp.StartAsync();
        var file = await FileAsync(app);

        var (result, lines) = await RunAsync(app);

        Assert.Equal(0, result);
        Assert.Equal(["database", "disk", "files", "integrity", "jobs", "keys", "mail", "outbox", "work"], lines.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("warning There is no mail server", lines["mail"], StringComparison.Ordinal);
        Assert.All(lines.Where(l => l.Key is not ("mail" or "disk")), l => Assert.StartsWith("ok ", l.Value, StringComparison.Ordinal));
        Assert.Equal("ok 1 contents; 1 of them were read and are what they were.", lines["files"]);
        Assert.True(File.Exists(file));
        Assert.Equal(2, (await RunAsync(app, "--fast")).Result);
    }

    [Fact]
    public async Task What_was_given_up_waits_too_long_or_is_overdue_is_named()
    {
        await using var app = await CrmApp.StartAsync();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await app.ReadAsync(async db =>
        {
            db.Add(new WorkItem { Id = 700, Kind = "nobody", SubjectId = 1, UserId = 1, State = WorkState.Failed, CreatedAt = now, DueAt = now, EndedAt = now });
            db.Add(new JobRun { Id = 701, Job = "tidy", DueAt = now.AddDays(3), StartedAt = now, EndedAt = now, Error = "IOException ABCD2345" }); // as if it had run just now
            db.Add(Mail(702, now.AddHours(1)));
            return await db.SaveChangesAsync(Ct);
        });
        await app.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Id == 702).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Failed), Ct));

        var (result, lines) = await RunAsync(app);
        Assert.Equal(0, result); // warnings
        Assert.Equal("warning 1 pieces of work were given up. Look at them under Settings, Background jobs, and try again or cancel.", lines["work"]);
        Assert.StartsWith("warning 1 mails were given up.", lines["outbox"], StringComparison.Ordinal);
        Assert.StartsWith("warning The last run failed: tidy (IOException ABCD2345).", lines["jobs"], StringComparison.Ordinal);

        await app.ReadAsync(db => db.Set<JobRun>().ExecuteUpdateAsync(s => s.SetProperty(r => r.DueAt, r => r.DueAt.AddDays(-9)).SetProperty(r => r.Error, (string?)null), Ct));
        await app.ReadAsync(async db =>
        {
            db.Add(new WorkItem { Id = 703, Kind = "nobody", SubjectId = 2, UserId = 1, State = WorkState.Running, CreatedAt = now, DueAt = now.AddHours(-1), LeasedUntil = now.AddMinutes(-40) });
            return await db.SaveChangesAsync(Ct);
        });
        (_, lines) = await RunAsync(app);
        Assert.Contains("tidy since", lines["jobs"], StringComparison.Ordinal);
        Assert.Matches("^(warning 1 pieces of work wait for more than 15 minutes|warning 2 pieces of work were given up)", lines["work"]); // unless the app's own worker was faster
    }

    [Fact]
    public async Task A_content_that_is_no_longer_what_it_was_and_one_that_is_gone_are_errors()
    {
        await using var app = await CrmApp.StartAsync();
        var file = await FileAsync(app);
        await File.WriteAllTextAsync(file, "something else", Ct);

        var (result, lines) = await RunAsync(app);
        Assert.Equal(1, result);
        Assert.StartsWith("error 1 of 1 contents are not what they were.", lines["files"], StringComparison.Ordinal);

        File.Delete(file);
        (result, lines) = await RunAsync(app);
        Assert.Equal(1, result);
        Assert.StartsWith("error 1 of the newest files on customers are missing", lines["files"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_others_can_read_are_an_error()
    {
        if (OperatingSystem.IsWindows())
            return; // it is about the rights of Unix
        await using var app = await CrmApp.StartAsync();
        File.SetUnixFileMode(Path.Combine(app.DataPath, "keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);

        Assert.StartsWith("error Others on this machine can read", (await RunAsync(app)).Lines["keys"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "There is no database of CrmWeb yet")]
    [InlineData("damage", "is damaged")]
    [InlineData("a newer version", "another version of CrmWeb")]
    [InlineData("a lost row", "refers to one that is not there")]
    public async Task A_database_that_cannot_be_worked_on_is_an_error_and_left_as_it_is(string state, string said)
    {
        var data = Directory.CreateTempSubdirectory("crmweb-check-").FullName;
        var file = Path.Combine(data, "crm.db");
        if (state == "damage")
            await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)'x', 20_000)], Ct);
        else if (state != "nothing")
            await SpoilAsync(file, state == "a lost row" ? "PRAGMA foreign_keys=OFF; INSERT INTO UserRoles (UserId, RoleId) VALUES (987654, 987655)" : "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0')");
        var before = File.Exists(file) ? await File.ReadAllBytesAsync(file, Ct) : null;

        var (result, output) = await CommandLine.RunAsync(data, "check");

        Assert.Equal(1, result);
        Assert.Contains(output.Split('\n'), l => l.StartsWith("error", StringComparison.Ordinal) && l.Contains(said, StringComparison.Ordinal));
        Assert.Equal(before, File.Exists(file) ? await File.ReadAllBytesAsync(file, Ct) : null);
        Directory.Delete(data, recursive: true);
    }

    [Theory]
    [InlineData(5_000, 100, HealthStatus.Healthy)]
    [InlineData(900, 100, HealthStatus.Degraded)]
    [InlineData(5_000, 3_000, HealthStatus.Degraded)] // a copy and its backup would fill it
    [InlineData(150, 0, HealthStatus.Unhealthy)]
    [InlineData(3_000, 2_900, HealthStatus.Unhealthy)]
    public void How_much_room_is_enough_follows_from_the_database(long free, long database, HealthStatus status) => Assert.Equal(status, DiskCheck.Judge(free, database).Status);

    /// <summary>A file on a customer; answers where its content lies.</summary>
    private static async Task<string> FileAsync(CrmApp app)
    {
        var customer = await app.AddAsync(new Customer { Name = "Halden" });
        await app.DoAsync(services => services.GetRequiredService<IAttachmentService>().AddAsync(customer.Id, "note.txt", new MemoryStream(Encoding.UTF8.GetBytes("Hello")), Ct));
        return Assert.Single(Directory.GetFiles(Path.Combine(app.DataPath, "files"), "*", SearchOption.AllDirectories));
    }

    private static OutboxMessage Mail(long id, DateTime due) => new() { Id = id, To = "ana@x.example", Subject = "Hello", Body = "Hello", CreatedAt = due, DueAt = due };

    private static async Task SpoilAsync(string file, string sql)
    {
        await using (var app = await CrmApp.StartEmptyAsync())
            await app.DoAsync(services => services.GetRequiredService<IDatabaseProvider>().BackupAsync(file, Ct));
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<(int Result, IReadOnlyDictionary<string, string> Lines)> RunAsync(CrmApp app, params string[] arguments)
    {
        await using var output = new StringWriter();
        var result = await VerbRunner.RunAsync(app.Services, "check", arguments, output, Ct);
        var lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries).Select(l => l.Split(default(char[]), 3, StringSplitOptions.RemoveEmptyEntries)).Where(l => l is ["ok" or "warning" or "error", _, _]);
        return (result, lines.ToDictionary(l => l[1], l => $"{l[0]} {l[2]}", StringComparer.Ordinal));
    }
}
