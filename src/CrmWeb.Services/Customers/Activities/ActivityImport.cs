using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Bringing in activities: what has a date that is past was done then.</summary>
internal sealed class ActivityImport(ICurrentUser user, TimeProvider clock) : IImportHooks<Activity>
{
    public void Normalize(Activity record, FieldValues values)
    {
        if (values.GetValueOrDefault("customer") is long customer)
            record.CustomerId = customer;
    }

    public void Prepare(Activity record, FieldValues values, bool isNew, IBulkWriter bulk)
    {
        if (!isNew)
            return;
        var now = clock.GetUtcNow().UtcDateTime;
        record.AssigneeId ??= user.Id;
        record.CustomerId = values.GetValueOrDefault("customer") as long? ?? record.CustomerId;
        record.SetStatus(ActivityRules.StatusesOf(record.Kind)[0], now);
        if (record.IsOpen && record.StartAt <= now)
            record.Complete(now);
    }
}
