namespace CrmWeb.Domain.Access;

/// <summary>The roles that come with the product, as data: what each may do, and with whose records.</summary>
public static class BuiltInRoles
{
    public const string Administrator = "Administrator", Manager = "Manager", Sales = "Sales", Marketing = "Marketing", Support = "Support", ReadOnly = "ReadOnly";

    /// <summary>Types that live with a customer and follow its rights.</summary>
    private static readonly string[] Children = [.. RoleGrants.Types.Skip(1)];

    /// <summary>Every record type that a role speaks about.</summary>
    public static IReadOnlyList<string> Types { get; } = ["Customer", .. Children, "ImportRun", "User", "Team", "Role"];

    public static IReadOnlyList<string> Names { get; } = [Administrator, Manager, Sales, Marketing, Support, ReadOnly];

    public static IReadOnlyList<Grant> Grants(string role) => role switch
    {
        Administrator => [.. Types.SelectMany(All)],
        Manager =>
        [
            .. Of("Customer", view: Scope.All, edit: Scope.Subtree, delete: Scope.Subtree, assign: Scope.Subtree, export: Scope.Subtree, bulk: Scope.Subtree, import: true),
            .. Children.SelectMany(t => Of(t, view: Scope.All, edit: Scope.Subtree, delete: Scope.Subtree, assign: Scope.Subtree, export: Scope.Subtree, bulk: Scope.Subtree, import: true)),
            .. Of("ImportRun", view: Scope.Own, edit: Scope.Own, delete: Scope.Own),
            .. RoleGrants.Colleagues,
        ],
        Sales =>
        [
            .. Of("Customer", view: Scope.Team, edit: Scope.Team, delete: Scope.Own, assign: Scope.Own, export: Scope.None, bulk: Scope.Own, import: true),
            .. Children.SelectMany(t => Of(t, view: Scope.Team, edit: Scope.Team, delete: Scope.Team, assign: Scope.Team, export: Scope.None, bulk: Scope.Own, import: true)),
            .. Of("ImportRun", view: Scope.Own, edit: Scope.Own, delete: Scope.Own),
            .. RoleGrants.Colleagues,
        ],
        Marketing =>
        [
            .. Of("Customer", view: Scope.All, edit: Scope.Own, delete: Scope.Own, assign: Scope.Own, export: Scope.All, bulk: Scope.Own, import: true),
            .. Children.SelectMany(t => Of(t, view: Scope.All, edit: Scope.All, delete: Scope.Own, assign: Scope.Own, export: Scope.All, bulk: Scope.Own, import: true)),
            .. Of("ImportRun", view: Scope.Own, edit: Scope.Own, delete: Scope.Own),
            .. RoleGrants.Colleagues,
        ],
        Support =>
        [
            .. Of("Customer", view: Scope.All, edit: Scope.All, delete: Scope.None, assign: Scope.None, export: Scope.None, bulk: Scope.None, import: false),
            .. Children.SelectMany(t => Of(t, view: Scope.All, edit: Scope.All, delete: Scope.None, assign: Scope.None, export: Scope.None, bulk: Scope.None, import: false)),
            .. RoleGrants.Colleagues,
        ],
        ReadOnly => [new("Customer", RecordAction.View, Scope.All), .. Children.Select(t => new Grant(t, RecordAction.View, Scope.All)), .. RoleGrants.Colleagues],
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a built-in role."),
    };

    public static IReadOnlyList<SpecialRight> Rights(string role) => role switch
    {
        Administrator => Enum.GetValues<SpecialRight>(),
        Manager => [SpecialRight.RestoreOthers],
        _ => [],
    };

    private static IEnumerable<Grant> All(string type) => Enum.GetValues<RecordAction>().Select(a => new Grant(type, a, Scope.All));

    private static IEnumerable<Grant> Of(string type, Scope view, Scope edit, Scope delete,
        Scope assign = Scope.None, Scope export = Scope.None, Scope bulk = Scope.None, bool import = false) =>
        new Grant[]
        {
            new(type, RecordAction.View, view), new(type, RecordAction.Create, Scope.All), new(type, RecordAction.Edit, edit), new(type, RecordAction.Delete, delete),
            new(type, RecordAction.Assign, assign), new(type, RecordAction.Share, assign), new(type, RecordAction.Export, export), new(type, RecordAction.BulkEdit, bulk),
            new(type, RecordAction.Import, import ? Scope.All : Scope.None),
        }.Where(g => g.Scope != Scope.None);
}
