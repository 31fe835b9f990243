using System.Globalization;
using CrmWeb.Services.Access;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Access.Users;

/// <summary>What the forms about users offer.</summary>
internal static class UserOptions
{
    public static (IReadOnlyList<SelectListItem> Roles, IReadOnlyList<SelectListItem> Teams, IReadOnlyList<SelectListItem> Managers) Of(UserChoices choices, IStringLocalizer texts) =>
        ([.. choices.Roles.Select(r => Item(r.Id, texts.NameOf(r)))], [.. choices.Teams.Select(t => Item(t.Id, t.Name))], [.. choices.Managers.Select(m => Item(m.Id, m.Name))]);

    private static SelectListItem Item(long id, string name) => new(name, id.ToString(CultureInfo.InvariantCulture));
}
