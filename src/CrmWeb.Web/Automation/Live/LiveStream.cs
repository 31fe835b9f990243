using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;

namespace CrmWeb.Web.Automation.Live;

/// <summary>Tells an open page what moves: its counter, its background work. Each look is a short scope of its own, with the rights the person has at that moment.</summary>
internal sealed class LiveStream(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>What another process does is seen this late.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>Progress of a thousand rows a second is not told a thousand times.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMilliseconds(400);

    /// <summary>Until the page, the session or the process ends.</summary>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(LiveSignals.Listener listener, long sessionId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var _ = listener;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        LiveState? before = null;
        while (await LookAsync(before is null ? null : listener, sessionId, over.Token) is { } now)
        {
            if (now.Unread != before?.Unread)
                yield return new(now.Unread.ToString(CultureInfo.InvariantCulture), "unread");
            foreach (var id in before is null ? now.Work.Keys : now.MovedSince(before))
                yield return new(id.ToString(CultureInfo.InvariantCulture), "work");
            if (before is not null && now.Unread == before.Unread)
                yield return new("", "rest"); // a browser that has gone is noticed when something is sent
            before = now;
        }
    }

    /// <returns>Null when there is nobody to tell any more.</returns>
    private async Task<LiveState?> LookAsync(LiveSignals.Listener? after, long sessionId, CancellationToken ct)
    {
        try
        {
            if (after is not null)
            {
                await Task.Delay(AtMostEvery, clock, ct);
                await after.WaitAsync(LookEvery, clock, ct);
            }
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            if (await services.GetRequiredService<ISessions>().FindAsync(sessionId, ct) is not { } open || !open.IsValid(clock.GetUtcNow().UtcDateTime))
                return null;
            services.GetRequiredService<Actor>().ActAs(await services.GetRequiredService<IUserProfiles>().FindAsync(open.Session.UserId, open.Version, ct), "live");
            return await services.GetRequiredService<ILiveService>().ReadAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
