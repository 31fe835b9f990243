using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CrmWeb.Services.Automation;

/// <summary>Wakes the open pages of a person in this process when something of his has changed; those in other processes look by themselves every few seconds.</summary>
public sealed class LiveSignals
{
    /// <summary>Browsers of one person that are listened to at once.</summary>
    private const int MostListeners = 10;

    private readonly ConcurrentDictionary<long, ConcurrentDictionary<Listener, byte>> listeners = [];

    /// <summary>Something of the person's has changed.</summary>
    public void Tell(long userId)
    {
        if (listeners.TryGetValue(userId, out var his))
        {
            foreach (var listener in his.Keys)
                listener.Wake();
        }
    }

    /// <summary>Until it is disposed.</summary>
    /// <returns>Null when he listens in too many places already.</returns>
    public Listener? Listen(long userId)
    {
        var his = listeners.GetOrAdd(userId, _ => []);
        if (his.Count >= MostListeners)
            return null;

        var listener = new Listener(his);
        his.TryAdd(listener, 0);
        return listener;
    }

    /// <summary>One open stream.</summary>
    public sealed class Listener : IDisposable
    {
        private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private readonly ConcurrentDictionary<Listener, byte> others;

        internal Listener(ConcurrentDictionary<Listener, byte> others) => this.others = others;

        /// <summary>Returns when something has changed, or the time is over.</summary>
        public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken ct)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(woken.Reader.ReadAsync(over.Token).AsTask(), Task.Delay(most, clock, over.Token));
            await over.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }

        public void Dispose() => others.TryRemove(this, out _);

        internal void Wake() => woken.Writer.TryWrite(true);
    }
}
