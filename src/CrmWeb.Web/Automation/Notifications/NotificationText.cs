using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Bulk;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Automation.Notifications;

/// <summary>A notification as a sentence.</summary>
internal static class NotificationText
{
    public static string Of(NotificationRow row, RecordCatalogue catalogue, IStringLocalizer texts)
    {
        var told = row.Notification;
        if (told.Kind is not (NotificationKind.Given or NotificationKind.TaskGiven))
            return texts[$"Notification.{told.Kind}.{told.RecordType}", row.Title is null ? "" : catalogue.Find(row.Title) is { } type ? texts[$"{type.Name}.Plural"].Value : row.Title];

        var what = told.Count > 1 && catalogue.Find(told.RecordType) is { } many ? BulkTexts.Many(texts, many, told.Count) : row.Title ?? texts["Notification.Hidden"].Value;
        return texts[told is { Kind: NotificationKind.TaskGiven, Count: 1 } ? "Notification.TaskGiven" : "Notification.Given", row.Actor ?? "CrmWeb", what];
    }

    public static string Icon(NotificationKind kind) => kind switch
    {
        NotificationKind.Given => "user-check",
        NotificationKind.TaskGiven => "checklist",
        NotificationKind.Failed => "alert-circle",
        _ => "check",
    };
}
