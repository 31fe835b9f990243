namespace CrmWeb.Domain.Access;

/// <summary>What people decide about a role, and what follows from it.</summary>
public static class RoleGrants
{
    /// <summary>Record types that people decide about. Those after the first live with a customer.</summary>
    public static IReadOnlyList<string> Types { get; } = ["Customer", "Contact", "Activity", "Attachment", "Relationship", "Consent"];

    /// <summary>Actions that people decide about; sharing goes with giving away.</summary>
    public static IReadOnlyList<RecordAction> Actions { get; } =
        [RecordAction.View, RecordAction.Create, RecordAction.Edit, RecordAction.Delete, RecordAction.Assign, RecordAction.BulkEdit, RecordAction.Export, RecordAction.Import];

    /// <summary>Whether the action is about records that are not there yet, so that it can only be allowed or not.</summary>
    public static bool IsYesOrNo(RecordAction action) => action is RecordAction.Create or RecordAction.Import;

    public static IReadOnlyList<Scope> Scopes(RecordAction action) => IsYesOrNo(action) ? [Scope.None, Scope.All] : Enum.GetValues<Scope>();

    public static Scope ScopeOf(IEnumerable<Grant> grants, string type, RecordAction action) => grants.FirstOrDefault(g => g.Type == type && g.Action == action)?.Scope ?? Scope.None;

    /// <summary>Whether an action reaches records that are not seen.</summary>
    public static bool GoesBeyondView(IReadOnlyList<Grant> grants, Grant grant) => !IsYesOrNo(grant.Action) && grant.Scope > ScopeOf(grants, grant.Type, RecordAction.View);

    public static IEnumerable<Broken> Check(IReadOnlyList<Grant> decided)
    {
        if (decided.Any(g => !Types.Contains(g.Type) || !Actions.Contains(g.Action) || !Scopes(g.Action).Contains(g.Scope)) || decided.DistinctBy(g => (g.Type, g.Action)).Count() < decided.Count)
            yield return new("Error.Choose", "Grants");
        else if (decided.FirstOrDefault(g => GoesBeyondView(decided, g)) is { } beyond)
            yield return new("Role.BeyondView", "Grants", beyond.Action);
    }

    /// <summary>All that a role allows when people have decided this much.</summary>
    public static IReadOnlyList<Grant> Of(IReadOnlyList<Grant> decided, IReadOnlyList<SpecialRight> rights) =>
    [
        .. decided.Where(g => g.Scope != Scope.None),
        .. decided.Where(g => g is { Action: RecordAction.Assign, Scope: not Scope.None }).Select(g => g with { Action = RecordAction.Share }),
        .. decided.Any(g => g is { Action: RecordAction.Import, Scope: not Scope.None }) ? OwnImports : [],
        .. rights.Contains(SpecialRight.ManageUsers) ? People.SelectMany(t => Enum.GetValues<RecordAction>().Select(a => new Grant(t, a, Scope.All))) : Colleagues,
    ];

    /// <summary>Everyone sees who works here; owners and teams are shown on every record.</summary>
    internal static IReadOnlyList<Grant> Colleagues { get; } = [new("User", RecordAction.View, Scope.All), new("Team", RecordAction.View, Scope.All)];

    private static readonly string[] People = ["User", "Team", "Role"];

    private static readonly Grant[] OwnImports =
    [
        new("ImportRun", RecordAction.View, Scope.Own), new("ImportRun", RecordAction.Create, Scope.All), new("ImportRun", RecordAction.Edit, Scope.Own), new("ImportRun", RecordAction.Delete, Scope.Own),
    ];
}
