using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Roles;

/// <summary>A role as it is being defined.</summary>
/// <param name="Role">The stored one; null for a new role.</param>
/// <param name="Preview">What saving would change; only when it was asked for.</param>
public sealed record RoleView(RoleDetails? Role, RoleForm Form, RolePreview? Preview = null)
{
    /// <summary>What the form says now, read back; cells that were forged are left out.</summary>
    public IReadOnlyList<Grant> Grants => [.. Form.ToInput().Grants.Where(g => RoleGrants.Types.Contains(g.Type))];

    /// <summary>Limits the form says now; forged ones are left out.</summary>
    public IReadOnlyList<FieldRule> Fields => [.. Form.ToInput().Fields.Where(f => f is { Right: not FieldRight.Edit } && RoleGrants.Types.Contains(f.Type))];

    /// <summary>How far the form leaves a field open.</summary>
    public FieldRight RightOn(RecordType type, Services.Common.Field field) => Form.ToInput().Fields.FirstOrDefault(f => f.Type == type.Name && f.Field == field.Property)?.Right ?? FieldRight.Edit;

    public string Action => Role is null ? "/settings/roles" : $"/settings/roles/{Role.Id}";
}

/// <param name="Grants">A cell of the matrix each: "Customer.View.Own".</param>
/// <param name="Fields">A limited field each: "Customer.AnnualRevenue.Read".</param>
[TextsOf("Role")]
public sealed record RoleForm(Guid Version, [Required, StringLength(60)] string? Name, IReadOnlyList<string>? Grants, IReadOnlyList<SpecialRight>? Rights, IReadOnlyList<string>? Fields)
{
    private const int MostFields = 1_000;
    private static readonly FieldRule UnknownField = new("", "", FieldRight.None);
    private static readonly Grant Unknown = new("", RecordAction.View, Scope.None); // refused by the rules of roles

    public static RoleForm Of(RoleDetails role) => new(role.Version, role.Input.Name, [.. role.Input.Grants.Select(g => g.ToString())], role.Input.Rights, [.. role.Input.Fields.Select(f => f.ToString())]);

    public RoleInput ToInput() => new(Name ?? "", [.. (Grants ?? []).Take(RoleGrants.Types.Count * RoleGrants.Actions.Count + 1).Select(Read)], Rights ?? []) { Fields = [.. (Fields ?? []).OfType<string>().Take(MostFields).Select(ReadField)] };

    private static Grant Read(string cell) =>
        cell.Split('.') is [var type, var action, var scope] && Named<RecordAction>(action) is { } what && Named<Scope>(scope) is { } whose ? new(type, what, whose) : Unknown;

    private static FieldRule ReadField(string rule) =>
        rule.Split('.') is [var type, var field, var right] && Named<FieldRight>(right) is { } how ? new(type, field, how) : UnknownField;

    private static T? Named<T>(string name) where T : struct, Enum => Enum.GetNames<T>().Contains(name) ? Enum.Parse<T>(name) : null;
}
