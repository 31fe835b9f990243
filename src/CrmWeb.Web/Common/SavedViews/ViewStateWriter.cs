using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.SavedViews;

/// <summary>Writes where people left their lists, a few seconds later, and at the end.</summary>
internal sealed partial class ViewStateWriter(IViewStates states, ILogger<ViewStateWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the end, which writes the rest
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        try
        {
            await states.FlushAsync(ct);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            Unwritten(failed);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Where people left their lists could not be written; it is tried again.")]
    private partial void Unwritten(Exception failed);
}
