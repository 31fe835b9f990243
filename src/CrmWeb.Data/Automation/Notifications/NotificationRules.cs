using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Automation;

/// <summary>Of what a save people are told. Nobody is told of what he does himself, but for work that went on without him.</summary>
internal static class NotificationRules
{
    /// <summary>How <see cref="ICurrentUser.From"/> names background work.</summary>
    private const string Background = "job";

    public static IEnumerable<Notification> Of(IReadOnlyList<Change> changes, SaveFacts facts) =>
        from change in changes
        let told = Told(change, facts)
        where told is not null && told.Value.UserId != User.SystemId
        group change.Record by (told.Value.UserId, told.Value.Kind, change.Type) into same
        select new Notification
        {
            Id = facts.Supply.NextId(),
            UserId = same.Key.UserId,
            Kind = same.Key.Kind,
            RecordType = same.Key.Type,
            RecordId = same.First().Id,
            Count = same.Count(),
            ActorId = same.Key.Kind is NotificationKind.Given or NotificationKind.TaskGiven && facts.UserId != User.SystemId ? facts.UserId : null,
            Operation = facts.Operation,
            At = facts.Now,
        };

    private static (long UserId, NotificationKind Kind)? Told(Change change, SaveFacts facts) => change.Record switch
    {
        { DeletedAt: not null } => null,
        ImportRun run => facts.From == Background && change.Touches(nameof(ImportRun.State)) && run.CreatedById is { } maker ? Ended(maker, run.State) : null,
        BulkRun run => facts.From == Background && change.Touches(nameof(BulkRun.State)) && run.OwnerId is { } maker ? Ended(maker, run.State) : null,
        Activity { IsPrivate: false, IsOpen: true, AssigneeId: { } assignee } => assignee != facts.UserId && change.Touches(nameof(Activity.AssigneeId)) ? (assignee, NotificationKind.TaskGiven) : null,
        IOwned { OwnerId: { } owner } and ISearchable => owner != facts.UserId && change.Touches(nameof(IOwned.OwnerId)) ? (owner, NotificationKind.Given) : null,
        _ => null,
    };

    private static (long, NotificationKind)? Ended(long maker, ImportState state) => state switch
    {
        ImportState.Checked => (maker, NotificationKind.Checked),
        ImportState.Done => (maker, NotificationKind.Done),
        ImportState.Failed => (maker, NotificationKind.Failed),
        _ => null,
    };

    private static (long, NotificationKind)? Ended(long maker, BulkState state) => state switch
    {
        BulkState.Done => (maker, NotificationKind.Done),
        BulkState.Failed => (maker, NotificationKind.Failed),
        _ => null,
    };
}
