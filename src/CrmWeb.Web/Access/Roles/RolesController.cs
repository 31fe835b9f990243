using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.Roles;

/// <summary>What people may do, by the roles they have.</summary>
[Route("settings/roles")]
[NeedsRight(SpecialRight.ManageUsers)]
public sealed class RolesController(IRoleService roles, IRolePreviews previews) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(await roles.ListAsync(ct));

    /// <param name="from">The role to be copied.</param>
    [HttpGet("new")]
    public async Task<IActionResult> New(long from, CancellationToken ct)
    {
        var copied = await roles.ShowAsync(from, ct);
        return View("Show", new RoleView(Role: null, RoleForm.Of(copied) with { Version = default, Name = L["Role.CopyOf", L.RoleName(copied.Input.Name, copied.BuiltIn)] }));
    }

    [HttpPost("")]
    public Task<IActionResult> Create(RoleForm form, CancellationToken ct) => Submit(
        save: () => Once(() => roles.CreateAsync(form.ToInput(), ct), ct),
        done: () => Said(L["Role.Created", form.Name!], "/settings/roles"),
        again: () => View("Show", new RoleView(Role: null, form)));

    /// <summary>What a person may do with which records, and why.</summary>
    [HttpGet("check")]
    public async Task<IActionResult> Check(CheckForm form, [FromServices] IAccessExplainer explainer, [FromServices] IUserService users, CancellationToken ct)
    {
        form = form with { Type = form.Type ?? RoleGrants.Types[0] };
        var view = new CheckView(form, (await users.ChoicesAsync(ct)).Managers, Answer: null);
        if (form.Person is not { } person)
            return View(view);
        return await Submit(
            save: async () => view = view with { Answer = await explainer.ExplainAsync(person, form.Type, form.Record, ct) },
            done: () => View(view),
            again: () => View(view));
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken ct)
    {
        var role = await roles.ShowAsync(id, ct);
        return View(new RoleView(role, RoleForm.Of(role)));
    }

    [HttpPost("{id:long}")]
    public async Task<IActionResult> Save(long id, RoleForm form, CancellationToken ct)
    {
        var view = new RoleView(await roles.ShowAsync(id, ct), form);
        return await Submit(
            save: () => roles.EditAsync(id, form.Version, form.ToInput(), ct),
            done: () => Said(L["Role.Saved", form.Name!], "/settings/roles"),
            again: () => View("Show", view));
    }

    /// <summary>The form as typed, and above it what saving would change.</summary>
    [HttpPost("{id:long}/preview")]
    public async Task<IActionResult> Preview(long id, RoleForm form, CancellationToken ct)
    {
        var view = new RoleView(await roles.ShowAsync(id, ct), form);
        return await Submit(
            save: async () => view = view with { Preview = await previews.ShowAsync(id, form.ToInput(), ct) },
            done: () => View("Show", view),
            again: () => View("Show", view));
    }

    [HttpPost("{id:long}/deletion")]
    public async Task<IActionResult> Delete(long id, Guid version, CancellationToken ct)
    {
        var role = await roles.ShowAsync(id, ct);
        return await Submit(
            save: () => roles.DeleteAsync(id, version, ct),
            done: () => Said(L["Role.Deleted", role.Input.Name], "/settings/roles"),
            again: () => View("Show", new RoleView(role, RoleForm.Of(role))));
    }
}
