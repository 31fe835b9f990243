using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Access;

/// <summary>What its holders may do: record type × action → whose records, and special rights. Anything not granted is denied.</summary>
public sealed class Role : Record
{
    [Required, MaxLength(60)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";

    /// <summary>Key of a role that comes with the product, such as "Sales"; null for one made here. Built-in roles are copied, not edited.</summary>
    [MaxLength(40)]
    public string? BuiltIn { get; init; }
    public IReadOnlyList<Grant> Grants { get; set; } = [];
    public IReadOnlyList<SpecialRight> Rights { get; set; } = [];

    /// <summary>Fields that are not open with their records.</summary>
    public IReadOnlyList<FieldRule> Fields { get; set; } = [];

    public override string Title => Name;

    /// <summary>Says anew what the role allows.</summary>
    /// <param name="decided">Grants on <see cref="RoleGrants.Types"/>; the others follow from them.</param>
    /// <param name="fields">Fields that the product knows and that may be limited this far.</param>
    /// <exception cref="RuleException">It is a built-in role, has no name, or acts on what it does not see.</exception>
    public void Define(string name, IReadOnlyList<Grant> decided, IReadOnlyList<SpecialRight> rights, IReadOnlyList<FieldRule> fields)
    {
        Rule.Require(BuiltIn is null, "Role.IsBuiltIn");
        Rule.RequireNone([.. new Role { Name = name }.Check(), .. RoleGrants.Check(decided)]);

        (Name, Grants, Rights, Fields) = (name, RoleGrants.Of(decided, rights), [.. rights.Distinct()], [.. fields.Where(f => f.Right != FieldRight.Edit).DistinctBy(f => (f.Type, f.Field)).OrderBy(f => f.ToString(), StringComparer.Ordinal)]);
    }

    public override void Delete(DateTime now, long? by)
    {
        Rule.Require(BuiltIn is null, "Role.IsBuiltIn");

        base.Delete(now, by);
    }
}

/// <summary>Allows an action on the records of a type within a scope. For Create and Import any scope but None means yes.</summary>
/// <param name="Type">Name of the record type: "Customer".</param>
public sealed record Grant(string Type, RecordAction Action, Scope Scope)
{
    /// <summary>As forms and the audit write it: "Customer.View.Own".</summary>
    public override string ToString() => $"{Type}.{Action}.{Scope}";
}

/// <summary>Whose records: nobody's, my own, those of my teams, of my teams and all below, everybody's. Each holds the ones before.</summary>
public enum Scope { None, Own, Team, Subtree, All }

/// <summary>Rights that are not about one record type.</summary>
public enum SpecialRight { ManageUsers, ReadAudit, ManageJobs, ReadOutbox, RestoreOthers, ManageSettings }
