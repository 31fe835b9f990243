using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

internal sealed class ViewStates(IServiceScopeFactory scopes, TimeProvider clock) : IViewStates
{
    private const int MostPeople = 1_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30); // another process may have written

    private readonly ConcurrentDictionary<long, Person> people = new();
    private readonly ConcurrentDictionary<(long, string, string), ViewState> unwritten = new();

    public async Task<IReadOnlyCollection<ViewState>> OfAsync(long userId, CancellationToken ct) => [.. (await PersonAsync(userId, ct)).States.Values];

    public async Task KeepAsync(ViewState state, CancellationToken ct)
    {
        (await PersonAsync(state.UserId, ct)).States[(state.Type, state.View)] = state;
        unwritten[(state.UserId, state.Type, state.View)] = state;
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        if (unwritten.IsEmpty)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        foreach (var (key, state) in unwritten.ToArray())
        {
            var (user, type, view) = key;
            var written = await db.Set<ViewState>().Where(s => s.UserId == user && s.Type == type && s.View == view)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.Query, state.Query).SetProperty(x => x.IsPinned, state.IsPinned).SetProperty(x => x.OpenedAt, state.OpenedAt), ct);
            if (written == 0)
            {
                db.Add(state);
                await db.SaveChangesAsync(ct);
                db.Forget();
            }
            unwritten.TryRemove(KeyValuePair.Create(key, state)); // one that came meanwhile stays
        }
    }

    private async Task<Person> PersonAsync(long userId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (people.TryGetValue(userId, out var known) && now - known.ReadAt < Fresh)
            return known;

        if (people.Count >= MostPeople)
            people.Clear();
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<CrmDb>().Set<ViewState>().AsNoTracking().Where(s => s.UserId == userId).ToListAsync(ct);
        var states = stored.Concat(unwritten.Values.Where(s => s.UserId == userId)).GroupBy(s => (s.Type, s.View)).ToDictionary(s => s.Key, s => s.Last());
        return people[userId] = new(now, new(states));
    }

    private sealed record Person(DateTimeOffset ReadAt, ConcurrentDictionary<(string Type, string View), ViewState> States);
}
