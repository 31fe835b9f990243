using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A history in the words of its reader.</summary>
public sealed class HistoryWords(IStringLocalizer texts, ICurrentUser user)
{
    private const string Job = "job", CommandLine = "command line", Start = "start";

    /// <summary>What a kind of record is called, also one without pages.</summary>
    public string Type(string type) => texts.First($"{type}.One")?.Value ?? type;

    public string Label(string type, HistoryChange change) => change.Field is { } field ? texts[field.Label] : texts.First($"{type}.{change.Property}", $"Field.{change.Property}", $"Share.{change.Property}")?.Value ?? change.Property;

    /// <param name="currency">Of amounts; null where that is not known.</param>
    public string Value(HistoryChange change, bool isOld, string? currency = null)
    {
        var (text, name) = isOld ? (change.Old, change.OldName) : (change.New, change.NewName);
        if (text is null)
            return texts["None"];
        if (change.Field is not { } field || !FieldText.TryRead(field, text, out var value))
            return text;
        return (field.Kind, value) switch
        {
            (FieldKind.Reference, _) => name ?? texts["History.NotShown"].Value,
            (FieldKind.Money, decimal amount) => currency is null ? FieldInput.Format(field, amount, user.Habits) : MoneyText.Exact(amount, currency, mixed: true),
            _ => ValueText.Of(field, value, currency, texts, user.Habits),
        };
    }

    /// <summary>The place a save came from: by its address only for those who read the audit.</summary>
    public string? From(AuditEntry entry) => entry.From switch
    {
        null => null,
        Job => texts["History.From.Job"],
        CommandLine => texts["History.From.CommandLine"],
        Start => texts["History.From.Start"],
        var address => user.Access.Has(SpecialRight.ReadAudit) ? address : null,
    };

    /// <summary>Why, where a mechanism saved it: in words; what a person gave as the reason stands as he wrote it.</summary>
    public string? Why(AuditEntry entry) => entry.Why switch
    {
        null => null,
        var why when WhyText.IsUndo(why) => texts["History.Why.Undo"],
        var why when WhyText.IsRedo(why) => texts["History.Why.Redo"],
        var job when entry.RecordType is nameof(JobRun) or nameof(WorkItem) => texts.First($"Job.{job}")?.Value ?? job,
        var why => texts.First($"History.Why.{why}")?.Value ?? why,
    };

    public static string Icon(AuditKind kind) => kind switch
    {
        AuditKind.Created or AuditKind.Imported => "plus",
        AuditKind.Deleted => "trash",
        AuditKind.Restored => "history",
        AuditKind.Assigned => "user-check",
        AuditKind.Shared or AuditKind.Unshared => "share",
        AuditKind.Changed => "edit",
        AuditKind.JobAskedFor or AuditKind.WorkRetried => "history",
        AuditKind.WorkStopped => "alert-triangle",
        AuditKind.Exported => "download",
        AuditKind.SignInFailed or AuditKind.LockedOut => "alert-triangle",
        AuditKind.LinkRevealed or AuditKind.HiddenMatchTold => "eye",
        _ => "lock",
    };
}
