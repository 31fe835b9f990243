using CrmWeb.Domain.Customers;
using static CrmWeb.Services.Common.FieldUse;

namespace CrmWeb.Services.Customers;

/// <summary>The fields of an activity.</summary>
public sealed class ActivityType : RecordType<Activity>
{
    private const FieldUse Plain = List | Filter | Form | Import | Export | Inline;

    public ActivityType() : base("activities", "checkbox")
    {
        Field(a => a.Subject, FieldKind.Title, Plain | Quick).In("What").SortBy(a => a.SortKey).Shows(a => a.Kind);
        Field(a => a.Kind, FieldKind.Choice, List | Filter | Import | Export | Quick).In("What").AlsoCalled("type", "类型");
        Field(a => a.Status, FieldKind.Choice, List | Filter | Export).In("What");
        Field(a => a.CustomerId, FieldKind.Reference, List | Filter | Form | Import | Export | Quick).LeadsTo("Customer", a => a.Customer!.Name).In("What");
        Field(a => a.ContactId, FieldKind.Reference, List | Filter | Form | Import | Export).LeadsTo("Contact", a => a.Contact!.FullName).In("What");
        Field(a => a.AssigneeId, FieldKind.Reference, List | Filter | Form | Export | Quick | Bulk).LeadsTo("User", a => a.Assignee!.Name).In("What").AlsoCalled("assigned to", "负责人");
        Field(a => a.Priority, FieldKind.Choice, Plain | Bulk | Sort).In("What");
        Field(a => a.DueOn, FieldKind.Day, Plain | Bulk | Sort | Quick).In("When").AlsoCalled("due", "due date", "截止日期");
        Field(a => a.StartAt, FieldKind.Moment, Form | List | Filter | Sort | Import | Export).In("When").AlsoCalled("start", "date", "开始");
        Field(a => a.EndAt, FieldKind.Moment, Form | Export).In("When").AlsoCalled("end", "结束");
        Field(a => a.DurationMinutes, FieldKind.Whole, Plain).In("When").AlsoCalled("duration", "时长");
        Field(a => a.Outcome, FieldKind.Choice, Plain | Bulk).In("Result");
        Field(a => a.Direction, FieldKind.Choice, Plain).In("Result");
        Field(a => a.Mood, FieldKind.Choice, Plain | Bulk).In("Result");
        Field(a => a.Place, FieldKind.Text, Form | Export | Import | Inline).In("When");
        Field(a => a.Url, FieldKind.Url, Form | Export | Inline).In("When");
        Field(a => a.Body, FieldKind.LongText, Form | Import | Export | Inline).In("Result").AlsoCalled("description", "notes", "text", "备注");
        Field(a => a.IsPromise, FieldKind.Flag, List | Filter | Form | Export).In("What");
        Field(a => a.IsPrivate, FieldKind.Flag, Form).In("What");
        Field(a => a.ClosedAt, FieldKind.Moment, List | Filter | Sort | Export);
        Field(a => a.CreatedAt, FieldKind.Moment, List | Filter | Sort | Export);

        foreach (var field in Fields)
            field.IsTold = true; // timelines, briefs and Today tell what an activity holds

        Columns = ["subject", "kind", "customer", "assignee", "dueOn", "status"];
        Order = ("createdAt", true);
        Views =
        [
            new("all", ""), new("mine", "f.assignee.is=me&f.closedAt.empty=true&sort=dueOn"), new("late", "f.closedAt.empty=true&f.dueOn.lt=today&sort=dueOn"),
            new("promises", "f.closedAt.empty=true&f.isPromise.is=true&sort=dueOn"),
        ];
    }
}
