namespace CrmWeb.Services.Automation;

/// <summary>Why background work failed, for the one who asked for it.</summary>
/// <param name="Text">Resource key of the cause; what to do about it is its text <c>.Cure</c>.</param>
/// <param name="Reference">Code of the failure in the log; null when the cause says all.</param>
/// <param name="IsFinal">It would end the same way again.</param>
public sealed record WorkFailure(string Text, string[] Values, string? Reference = null, bool IsFinal = true)
{
    /// <summary>Nobody may do the work any more in whose name it was asked for.</summary>
    public static WorkFailure NoUser { get; } = new("Work.NoUser", []);

    /// <summary>The process has ended with it in hand, again and again.</summary>
    public static WorkFailure Crashed { get; } = new("Work.Crashed", []);

    /// <summary>An administrator has stopped it.</summary>
    public static WorkFailure Stopped { get; } = new("Work.Stopped", []);

    public static WorkFailure Of(Exception failed) => failed switch
    {
        RuleException { Broken: [var broken, ..] } => new(broken.Text, [.. broken.Values.Select(v => v as string ?? FieldText.Write(v) ?? "")]),
        FileNotFoundException => new("File.Lost", []),
        AccessDeniedException => new("Work.NotAllowed", []),
        _ => new("Work.Unexpected", [], FailureCode.New(), IsFinal: false),
    };
}
