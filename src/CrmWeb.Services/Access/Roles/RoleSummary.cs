using System.Globalization;
using CrmWeb.Domain.Access;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Access;

/// <summary>What a role allows, in sentences: "People with this role see their own customers and all that belongs to them."</summary>
public static class RoleSummary
{
    public static IReadOnlyList<string> Of(IReadOnlyList<Grant> grants, IReadOnlyList<SpecialRight> rights, IReadOnlyList<FieldRule> fields, IStringLocalizer texts)
    {
        var sees = RoleGrants.Types.Any(t => RoleGrants.ScopeOf(grants, t, RecordAction.View) != Scope.None);
        return
        [
            .. RoleGrants.Actions.Where(a => sees || a is RecordAction.View).Select(a => Sentence(grants, a, texts)),
            .. rights.Count == 0 ? Array.Empty<string>() : [texts["Role.Says.Rights", Join(rights.Order().Select(r => texts.Name(r).Value), texts)].Value],
            .. Limits(fields, texts),
        ];
    }

    /// <summary>Which fields are not open: "Of customers they do not see Annual revenue."</summary>
    public static IEnumerable<string> Limits(IReadOnlyList<FieldRule> fields, IStringLocalizer texts) =>
        from rule in fields
        group texts[$"{rule.Type}.{rule.Field}"].Value by (rule.Right, rule.Type) into same
        orderby same.Key.Right descending, same.Key.Type != RoleGrants.Types[0]
        select texts[$"Role.Says.Fields.{same.Key.Right}", texts[$"{same.Key.Type}.Plural"].Value.ToLower(CultureInfo.CurrentUICulture), Join(same, texts)].Value;

    /// <summary>Customers, contacts and files, in the middle of a sentence.</summary>
    public static string Types(IReadOnlyList<string> types, IStringLocalizer texts) => types.Count == RoleGrants.Types.Count
        ? texts["Role.AllTypes"]
        : types.SequenceEqual(RoleGrants.Types.Skip(1)) ? texts["Role.Belongings"]
        : Join(types.Select(t => texts[$"{t}.Plural"].Value.ToLower(CultureInfo.CurrentUICulture)), texts);

    private static string Sentence(IReadOnlyList<Grant> grants, RecordAction action, IStringLocalizer texts)
    {
        var parts = RoleGrants.Types.GroupBy(t => RoleGrants.ScopeOf(grants, t, action)).Where(g => g.Key != Scope.None).OrderByDescending(g => g.Key)
            .Select(g => RoleGrants.IsYesOrNo(action) ? Types([.. g], texts) : texts[$"Role.Whose.{g.Key}", Types([.. g], texts)].Value).ToList();
        return parts.Count == 0 ? texts[$"Role.Says.{action}.None"] : texts[$"Role.Says.{action}", Join(parts, texts)];
    }

    private static string Join(IEnumerable<string> parts, IStringLocalizer texts)
    {
        var all = parts.ToList();
        return all.Count < 2 ? string.Concat(all) : texts["Role.And", string.Join(texts["ListSeparator"].Value, all.Take(all.Count - 1)), all[^1]];
    }
}
