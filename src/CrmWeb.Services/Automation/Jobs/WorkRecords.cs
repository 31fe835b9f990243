using CrmWeb.Services.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Automation;

/// <summary>Tells the record of a piece of work what became of it: as the product itself, whatever the person may, and from a scope that knows nothing of what failed.</summary>
public sealed class WorkRecords(IServiceScopeFactory scopes)
{
    /// <summary>The work was given up, or stopped by an administrator.</summary>
    public Task FailedAsync(string kind, long subjectId, WorkFailure failure, CancellationToken ct) => TellAsync(kind, h => h.FailedAsync(subjectId, failure, ct));

    /// <summary>Failed work begins anew.</summary>
    public Task RetriedAsync(string kind, long subjectId, CancellationToken ct) => TellAsync(kind, h => h.RetriedAsync(subjectId, ct));

    private async Task TellAsync(string kind, Func<IWorkHandler, Task> tell)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("job");
        if (scope.ServiceProvider.GetServices<IWorkHandler>().FirstOrDefault(h => h.Kind == kind) is { } handler)
            await tell(handler);
    }
}
