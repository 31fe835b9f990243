using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Which fields a role may limit, and how far.</summary>
public sealed class RoleFields(IEnumerable<RecordType> types)
{
    /// <summary>Record types in the order of the matrix, with their fields that may be limited.</summary>
    public IReadOnlyList<(RecordType Type, IReadOnlyList<Field> Fields)> Limitable { get; } =
        [.. from name in RoleGrants.Types join type in types on name equals type.Name let fields = type.Fields.Where(f => RightsOn(f).Skip(1).Any()).ToList() where fields.Count > 0 select (type, (IReadOnlyList<Field>)fields)];

    /// <summary>How far the field can be open; one that nobody changes is open when it can be read.</summary>
    public static IEnumerable<FieldRight> RightsOn(Field field)
    {
        yield return FieldRight.Edit;
        if (field.CanLock)
            yield return FieldRight.Read;
        if (field.CanHide)
            yield return FieldRight.None;
    }

    /// <exception cref="RuleException">A rule speaks of a field that is not there, or cannot be limited so far.</exception>
    public void Define(Role role, RoleInput input)
    {
        Rule.Require(input.Fields.All(IsKnown), "Error.Choose", nameof(Role.Fields));

        role.Define(input.Name, input.Grants, input.Rights, input.Fields);
    }

    private bool IsKnown(FieldRule rule) => Limitable.FirstOrDefault(t => t.Type.Name == rule.Type).Fields?.FirstOrDefault(f => f.Property == rule.Field) is { } field && RightsOn(field).Contains(rule.Right);
}
