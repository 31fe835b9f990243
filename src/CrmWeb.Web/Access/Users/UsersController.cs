using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.Users;

/// <summary>Who works with the product, and as what.</summary>
[Route("settings/users")]
[NeedsRight(SpecialRight.ManageUsers)]
public sealed class UsersController(IUserService users, RecordPages<User> pages) : ListController<User>(pages)
{
    [HttpGet("new")]
    public async Task<IActionResult> New(CancellationToken ct) => View(new NewUserView(new(), await users.ChoicesAsync(ct)));

    [HttpPost("")]
    public async Task<IActionResult> New(InviteForm form, CancellationToken ct)
    {
        var choices = await users.ChoicesAsync(ct);
        return await Submit(
            save: () => users.InviteAsync(form.Email!, form.ToInput(), ct),
            done: () => Said(L["User.Invited", form.Email!], "/settings/users"),
            again: () => View(nameof(New), new NewUserView(form, choices)));
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken ct)
    {
        var user = await users.ShowAsync(id, ct);
        return View(new UserView(user, UserForm.Of(user), await users.ChoicesAsync(ct)));
    }

    [HttpPost("{id:long}")]
    public async Task<IActionResult> Save(long id, UserForm form, CancellationToken ct)
    {
        var page = new UserView(await users.ShowAsync(id, ct), form, await users.ChoicesAsync(ct));
        return await Submit(
            save: () => users.EditAsync(id, form.Version, form.ToInput(), ct),
            done: () => Said(L["User.Saved", page.User.Input.Name], "/settings/users"),
            again: () => View(nameof(Show), page));
    }

    [HttpPost("{id:long}/deactivation")]
    public Task<IActionResult> Deactivate(long id, CancellationToken ct) => StepAsync(id, "User.Deactivated", () => users.DeactivateAsync(id, ct), ct);

    [HttpPost("{id:long}/activation")]
    public Task<IActionResult> Activate(long id, CancellationToken ct) => StepAsync(id, "User.Activated", () => users.ActivateAsync(id, ct), ct);

    [HttpPost("{id:long}/sign-out")]
    public Task<IActionResult> SignOutEverywhere(long id, CancellationToken ct) => StepAsync(id, "User.SignedOut", () => users.SignOutAsync(id, ct), ct);

    private async Task<IActionResult> StepAsync(long id, string said, Func<Task> step, CancellationToken ct)
    {
        var user = await users.ShowAsync(id, ct);
        var page = new UserView(user, UserForm.Of(user), await users.ChoicesAsync(ct));
        return await Submit(step, done: () => Said(L[said, user.Input.Name], $"/settings/users/{id}"), again: () => View(nameof(Show), page));
    }

    /// <summary>People come by invitation.</summary>
    protected override async Task<ListView> ListAsync(CancellationToken ct) => await base.ListAsync(ct) with { MayImport = false, MayExport = false };
}
