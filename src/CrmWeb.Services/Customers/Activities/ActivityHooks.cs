using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>A new activity starts in the first status of its kind, and belongs to its maker unless someone else is named.</summary>
internal sealed class ActivityHooks(ICurrentUser user, TimeProvider clock) : IRecordHooks<Activity>
{
    public Task BeforeSaveAsync(Activity activity, FieldValues values, bool isNew, CancellationToken ct)
    {
        if (isNew)
        {
            activity.AssigneeId ??= user.Id;
            activity.SetStatus(ActivityRules.StatusesOf(activity.Kind)[0], clock.GetUtcNow().UtcDateTime);
        }
        return Task.CompletedTask;
    }
}
