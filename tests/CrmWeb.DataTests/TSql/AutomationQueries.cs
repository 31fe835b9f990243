using System.Globalization;
using System.Reflection;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using static CrmWeb.DataTests.TSql.SentQueries;
using static CrmWeb.DataTests.TSql.SentQuery;

namespace CrmWeb.DataTests.TSql;

/// <summary>Jobs, background work, outbox.</summary>
internal static class AutomationQueries
{
    private static readonly ClaimedWork Claimed = new(Id, "import", Id, UserId: 1, Attempt: 1);
    private static readonly WorkItem Item = new() { Id = Id, Kind = "import", SubjectId = Id, UserId = 1, CreatedAt = DateTime.UnixEpoch, DueAt = DateTime.UnixEpoch };
    private static readonly Action<long> Nothing = _ => { };
    private static readonly DateTime Due = new(2026, 3, 2, 3, 0, 0, DateTimeKind.Utc);

    public static IEnumerable<SentQuery> Sent { get; } =
    [
        Of<IWorkQueue>(q => q.OfAsync(Id, Ct)),
        Of<IWorkQueue>(q => q.CancelAsync(Id, Ct)),
        Of<IWorkStore>(s => s.ClaimAsync(Ct)),
        Of<IWorkStore>(s => s.ProgressAsync(Claimed, 5, 10, Ct)),
        Of<IWorkStore>(s => s.FinishAsync(Claimed, WorkState.Done, Ct)),
        Of<IWorkStore>(s => s.ReleaseAsync(Claimed, Ct)),
        Of<IWorkStore>(s => s.FailAsync(Claimed, "No room on the disk", false, Ct)),
        Of<IWorkStore>(s => s.BeginRunAsync("recount", Due, Ct)),
        Of<IWorkStore>(s => s.AskForRunAsync("recount", Due, Nothing, Ct)),
        Of<IWorkStore>(s => s.TakeOverRunAsync("recount", Ct)),
        Of<IWorkStore>(s => s.KeepRunAsync(Id, Ct)),
        Of<IWorkStore>(s => s.ReleaseRunAsync(Id, Ct)),
        Of<IWorkStore>(s => s.TidyAsync(Due, Ct)),
        Of<IWorkStore>(s => s.EndRunAsync(Id, 5, null, Ct)),
        Of<IWorkStore>(s => s.LastDueAsync("recount", Ct)),
        Of<IWorkStore>(s => s.RunningAsync(Id, Ct)),
        Of<INotificationStore>(n => n.UnreadAsync(Id, 100, Ct)),
        Of<INotificationStore>(n => n.KnownUnreadAsync(Id, 100)),
        Of<INotificationStore>(n => n.PageAsync(Id, Due, 30, Ct)),
        Of<INotificationStore>(n => n.FindAsync(Id, Id, Ct)),
        Of<INotificationStore>(n => n.ReadAsync(Id, null, Ct)),
        Of<INotificationStore>(n => n.ReadAsync(Id, Id, Ct)),
        Of<INotificationStore>(n => n.TidyAsync(Due, Ct)),
        Of<INotificationService>(n => n.UnreadAsync(Ct)),
        Of<INotificationService>(n => n.KnownUnreadAsync()),
        Of<INotificationService>(n => n.ReadAsync(null, Ct)),
        Of<INotificationService>(n => n.OpenAsync(Id, Ct)),
        Of<INotificationService>(n => n.ReadAllAsync(Ct)),
        Of<ILiveService>(l => l.ReadAsync(Ct)),
        Of<IJobHistory>(h => h.LastAsync("recount", Ct)),
        Of<IJobHistory>(h => h.UnfinishedAsync(50, Ct)),
        Of<IJobHistory>(h => h.LoadAsync(Due, Ct)),
        Of<IJobHistory>(h => h.RunsAsync("recount", Due, 50, Ct)),
        Of<IJobHistory>(h => h.FindAsync(Id, Ct)),
        Of<IJobHistory>(h => h.IsNewestAsync(Item, Ct)),
        Of<IJobHistory>(h => h.JobsOfAsync(new List<long> { Id, Id + 1 }, Ct)),
        Of<IJobService>(j => j.ShowAsync(Ct)),
        Of<IJobService>(j => j.RunsAsync("figures", null, Ct)),
        Of<IWorkService>(w => w.UnfinishedAsync(Ct)),
        Of<IWorkService>(w => w.CancelAsync(Id, Ct)),
        Of<IWorkStore>(s => s.RetryAsync(Id, Ct)),
        Of<IWorkStore>(s => s.CancelAsync(Id, Ct)),
        Of<IJobService>(j => j.RunAsync("figures", Ct)),
        Of<IOutboxService>(o => o.PageAsync(OutboxState.Failed, null, Ct)),
        Of<IOutboxService>(o => o.ShowAsync(Id, Ct)),
        Of<IOutboxService>(o => o.RetryAsync(Id, Ct)),
        Of<IOutboxStore>(o => o.ClaimAsync(Ct)),
        Of<IOutboxStore>(o => o.ReleaseAsync(new() { Id = Id, To = "ana@x.example", Subject = "Hello", Body = "Hello", CreatedAt = Due, DueAt = Due }, Ct)),
        Of<IOutboxStore>(o => o.LoadAsync(Due, Ct)),
        Of<IOutboxStore>(o => o.PageAsync(OutboxState.Failed, Id, 50, Ct)),
        Of<IOutboxStore>(o => o.FindAsync(Id, Ct)),
        Of<IOutboxStore>(o => o.RetryAsync(Id, Ct)),
        Of<IOutboxStore>(o => o.LinksSinceAsync(Id, Due, Ct)),
    ];

    public static IEnumerable<(MethodInfo, string)> Silent { get; } =
    [
        Quiet<IWorkQueue>(q => q.Add("import", 7, 10), "kept for the save"),
        Quiet<IWorkQueue>(q => q.Take("import", 7), "kept for the save"),
        Quiet<IDemoCompany>(d => d.FoundAsync(1, Ct), "reads users and roles as any list does; bulk copy has no text"),
        Quiet<ICustomerSeeder>(s => s.SeedAsync(1, 1, null!, Ct), "reads users and roles as any list does; bulk copy has no text"),
        Quiet<IOutboxStore>(o => o.Add(new("ana@x.example", "Hello", "Hello")), "kept for the save"),
        Quiet<IOutboxStore>(o => o.EndAsync(null!, Ct), "saves what was claimed"),
        Quiet<IMailer>(m => m.Queue("ana@x.example", "Save", "Save", Array.Empty<object>(), null, CultureInfo.InvariantCulture, null), "kept for the save"),
        Quiet<IOutboxService>(o => o.RevealAsync(Id, Ct), "reads as ShowAsync does"),
        Quiet<IMailTransport>(t => t.SendAsync(null!, Ct), "no database"),
        Quiet<IMailTransport>(t => t.TryAsync(Ct), "no database"),
        Quiet<ISealer>(s => s.Seal("test", "text"), "no database"),
        Quiet<ISealer>(s => s.Open("test", "text"), "no database"),
        Quiet<IWorkHandler>(h => h.RunAsync(Id, null!, Ct), "calls services that are named by themselves"),
        Quiet<IWorkHandler>(h => h.FailedAsync(Id, WorkFailure.NoUser, Ct), "changes its record as any record"),
        Quiet<IWorkService>(w => w.RetryAsync(Id, Ct), "reads as CancelAsync does, and changes by IWorkStore.RetryAsync"),
        Quiet<IWorkHandler>(h => h.RetriedAsync(Id, Ct), "changes its record as any record"),
        Quiet<WorkRecords>(w => w.FailedAsync("bulk", Id, WorkFailure.NoUser, Ct), "calls a handler"),
        Quiet<WorkRecords>(w => w.RetriedAsync("bulk", Id, Ct), "calls a handler"),
        Quiet<IScheduledJob>(j => j.RunAsync(Ct), "calls services that are named by themselves"),
    ];
}
