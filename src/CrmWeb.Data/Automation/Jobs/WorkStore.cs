using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;

namespace CrmWeb.Data.Automation;

internal sealed class WorkStore(CrmDb db, Sequences sequences, TimeProvider clock, LiveSignals live) : IWorkStore
{
    /// <summary>How long a worker that tells nothing keeps its work.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private const int MostRunning = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<ClaimedWork?> ClaimAsync(CancellationToken ct)
    {
        var now = Now;
        var due = await db.Set<WorkItem>().Where(i => (i.State == WorkState.Waiting || i.State == WorkState.Running) && i.DueAt <= now && (i.LeasedUntil == null || i.LeasedUntil < now))
            .OrderBy(i => i.DueAt).Select(i => new { i.Id, i.Kind, i.SubjectId, i.UserId, i.Attempts, i.Crashes, IsLost = i.LeasedUntil != null }).FirstOrDefaultAsync(ct);
        if (due is null)
            return null;

        var (until, crashes) = (now + Lease, due.Crashes + (due.IsLost ? 1 : 0));
        var won = await db.Set<WorkItem>().Where(i => i.Id == due.Id && i.Attempts == due.Attempts && (i.LeasedUntil == null || i.LeasedUntil < now))
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, WorkState.Running).SetProperty(i => i.Attempts, i => i.Attempts + 1).SetProperty(i => i.Crashes, crashes).SetProperty(i => i.LeasedUntil, until), ct);
        return won == 1 ? new(due.Id, due.Kind, due.SubjectId, due.UserId, due.Attempts + 1, IsHopeless: crashes >= WorkItem.MostCrashes) : null;
    }

    public async Task<bool> ProgressAsync(ClaimedWork work, int done, int? total, CancellationToken ct)
    {
        var until = Now + Lease;
        var isMine = await Mine(work).ExecuteUpdateAsync(s => s.SetProperty(i => i.Crashes, i => i.Done < done ? 0 : i.Crashes).SetProperty(i => i.Done, done).SetProperty(i => i.Total, i => total ?? i.Total).SetProperty(i => i.LeasedUntil, until), ct) == 1;
        live.Tell(work.UserId);
        return isMine;
    }

    public async Task<IReadOnlyDictionary<long, int>> RunningAsync(long userId, CancellationToken ct)
    {
        var rows = await db.Set<WorkItem>().Where(i => i.UserId == userId && (i.State == WorkState.Waiting || i.State == WorkState.Running))
            .OrderByDescending(i => i.Id).Select(i => new { i.SubjectId, i.Done }).Take(MostRunning).ToListAsync(ct);
        return rows.GroupBy(i => i.SubjectId).ToDictionary(g => g.Key, g => g.First().Done);
    }

    public async Task FinishAsync(ClaimedWork work, WorkState state, CancellationToken ct)
    {
        var now = Now;
        await db.Set<WorkItem>().Where(i => i.Id == work.Id && i.Attempts == work.Attempt)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, state).SetProperty(i => i.EndedAt, now).SetProperty(i => i.LeasedUntil, (DateTime?)null), ct);
        live.Tell(work.UserId);
    }

    public Task ReleaseAsync(ClaimedWork work, CancellationToken ct) => Mine(work).ExecuteUpdateAsync(s => s.SetProperty(i => i.LeasedUntil, (DateTime?)null), ct);

    public async Task<bool> FailAsync(ClaimedWork work, string error, bool isFinal, CancellationToken ct)
    {
        var (now, givenUp) = (Now, isFinal || work.Attempt >= WorkItem.MostAttempts);
        var (state, due, ended) = (givenUp ? WorkState.Failed : WorkState.Waiting, now.AddSeconds(5 << work.Attempt), givenUp ? now : (DateTime?)null);
        await Mine(work).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, state).SetProperty(i => i.DueAt, due).SetProperty(i => i.EndedAt, ended)
            .SetProperty(i => i.Error, error).SetProperty(i => i.Crashes, 0).SetProperty(i => i.LeasedUntil, (DateTime?)null), ct);
        return givenUp;
    }

    public async Task<bool> RetryAsync(long id, CancellationToken ct)
    {
        var now = Now;
        return await db.Set<WorkItem>().Where(i => i.Id == id && i.State == WorkState.Failed)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, WorkState.Waiting).SetProperty(i => i.Attempts, 0).SetProperty(i => i.DueAt, now)
                .SetProperty(i => i.EndedAt, (DateTime?)null).SetProperty(i => i.Error, (string?)null).SetProperty(i => i.LeasedUntil, (DateTime?)null), ct) == 1;
    }

    public async Task<bool> CancelAsync(long id, CancellationToken ct)
    {
        var now = Now;
        return await db.Set<WorkItem>().Where(i => i.Id == id && (i.State == WorkState.Waiting || i.State == WorkState.Running || i.State == WorkState.Failed))
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, WorkState.Cancelled).SetProperty(i => i.EndedAt, i => i.EndedAt ?? now), ct) == 1;
    }

    public async Task<long?> BeginRunAsync(string job, DateTime dueAt, CancellationToken ct)
    {
        var run = Run(job, dueAt);
        run.LeasedUntil = run.StartedAt + Lease;
        return await AddRunAsync(run, ct) ? run.Id : null;
    }

    public Task<bool> AskForRunAsync(string job, DateTime dueAt, Action<long> with, CancellationToken ct)
    {
        var run = Run(job, dueAt);
        with(run.Id);
        return AddRunAsync(run, ct);
    }

    public async Task<long?> TakeOverRunAsync(string job, CancellationToken ct)
    {
        var (now, until) = (Now, Now + Lease);
        var left = db.Set<JobRun>().Where(r => r.Job == job && r.EndedAt == null && r.LeasedUntil < now);
        if (await left.OrderBy(r => r.DueAt).Select(r => new { r.Id, Crashes = r.Crashes + 1 }).FirstOrDefaultAsync(ct) is not { } run)
            return null;
        if (await left.Where(r => r.Id == run.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.LeasedUntil, until).SetProperty(r => r.Crashes, run.Crashes), ct) != 1)
            return null;
        if (run.Crashes < WorkItem.MostCrashes)
            return run.Id;
        await EndRunAsync(run.Id, 0, nameof(WorkFailure.Crashed), ct);
        return null;
    }

    public Task KeepRunAsync(long id, CancellationToken ct)
    {
        var until = Now + Lease;
        return db.Set<JobRun>().Where(r => r.Id == id && r.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.LeasedUntil, until), ct);
    }

    public Task ReleaseRunAsync(long id, CancellationToken ct)
    {
        var over = Now.AddSeconds(-1);
        return db.Set<JobRun>().Where(r => r.Id == id && r.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.LeasedUntil, over).SetProperty(r => r.Crashes, r => r.Crashes - 1), ct); // who takes it over counts one that was none
    }

    public async Task<int> TidyAsync(DateTime before, CancellationToken ct)
    {
        var runs = db.Set<JobRun>().Where(r => r.EndedAt < before && db.Set<JobRun>().Any(later => later.Job == r.Job && later.DueAt > r.DueAt));
        var work = db.Set<WorkItem>().Where(i => i.EndedAt < before && i.State != WorkState.Failed);
        return await runs.ExecuteDeleteAsync(ct) + await work.ExecuteDeleteAsync(ct);
    }

    public Task EndRunAsync(long id, int rows, string? error, CancellationToken ct)
    {
        var now = Now;
        return db.Set<JobRun>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.EndedAt, now).SetProperty(r => r.Rows, rows).SetProperty(r => r.Error, error), ct);
    }

    public Task<DateTime?> LastDueAsync(string job, CancellationToken ct) =>
        db.Set<JobRun>().Where(r => r.Job == job).OrderByDescending(r => r.DueAt).Select(r => (DateTime?)r.DueAt).FirstOrDefaultAsync(ct);

    private JobRun Run(string job, DateTime dueAt) => new() { Id = sequences.NextId(), Job = job, DueAt = dueAt, StartedAt = Now };

    private async Task<bool> AddRunAsync(JobRun run, CancellationToken ct)
    {
        db.Add(run);
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException taken) when (db.Provider.UniqueViolation(taken) is not null)
        {
            return false;
        }
        finally
        {
            db.Forget();
        }
    }

    private IQueryable<WorkItem> Mine(ClaimedWork work) => db.Set<WorkItem>().Where(i => i.Id == work.Id && i.Attempts == work.Attempt && i.State == WorkState.Running);
}

internal sealed class WorkQueue(CrmDb db, Sequences sequences, ICurrentUser user, TimeProvider clock) : IWorkQueue
{
    public void Add(string kind, long subjectId, int? total = null)
    {
        var item = Item(kind, subjectId, clock.GetUtcNow().UtcDateTime);
        item.Total = total;
        db.Add(item);
    }

    public ClaimedWork Take(string kind, long subjectId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var item = Item(kind, subjectId, now);
        (item.State, item.Attempts, item.LeasedUntil) = (WorkState.Running, 1, now + WorkStore.Lease);
        db.Add(item);
        return new(item.Id, kind, subjectId, item.UserId, item.Attempts);
    }

    public Task<WorkStatus?> OfAsync(long subjectId, CancellationToken ct) =>
        db.Set<WorkItem>().Where(i => i.SubjectId == subjectId).OrderByDescending(i => i.Id).Select(i => new WorkStatus(i.State, i.Done, i.Total, i.Error)).FirstOrDefaultAsync(ct)!;

    public Task CancelAsync(long subjectId, CancellationToken ct) =>
        db.Set<WorkItem>().Where(i => i.SubjectId == subjectId && (i.State == WorkState.Waiting || i.State == WorkState.Running)).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, WorkState.Cancelled), ct);

    private WorkItem Item(string kind, long subjectId, DateTime now) =>
        new() { Id = sequences.NextId(), Kind = kind, SubjectId = subjectId, UserId = user.Id ?? Domain.Access.User.SystemId, CreatedAt = now, DueAt = now };
}
