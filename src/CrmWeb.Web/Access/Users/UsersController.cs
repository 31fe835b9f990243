using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.Users;

/// <summary>Who works with the product, and as what.</summary>
[Route("settings/users")]
[NeedsRight(SpecialRight.ManageUsers)]
public sealed class UsersController(IUserService users, IHandOverService handOver, RecordPages<User> pages) : ListController<User>(pages)
{
    [HttpGet("new")]
    public async Task<IActionResult> New(CancellationToken ct) => View(new NewUserView(new(), await users.ChoicesAsync(ct)));

    [HttpPost("")]
    public async Task<IActionResult> New(InviteForm form, CancellationToken ct)
    {
        var choices = await users.ChoicesAsync(ct);
        return await Submit(
            save: () => Once(() => users.InviteAsync(form.Email!, form.ToInput(), form.ToTeam(), ct), ct),
            done: () => Said(L["User.Invited", form.Email!], "/settings/users"),
            again: () => View(nameof(New), new NewUserView(form, choices)));
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken ct) => View(await PageAsync(id, form: null, ct));

    [HttpPost("{id:long}")]
    public async Task<IActionResult> Save(long id, UserForm form, CancellationToken ct)
    {
        var page = await PageAsync(id, form, ct);
        return await Submit(
            save: () => users.EditAsync(id, form.Version, form.ToInput(), ct),
            done: () => Said(L["User.Saved", page.User.Input.Name], "/settings/users"),
            again: () => View(nameof(Show), page));
    }

    [HttpPost("{id:long}/activation")]
    public Task<IActionResult> Activate(long id, CancellationToken ct) => StepAsync(id, "User.Activated", () => users.ActivateAsync(id, ct), ct);

    [HttpPost("{id:long}/sign-out")]
    public Task<IActionResult> SignOutEverywhere(long id, CancellationToken ct) => StepAsync(id, "User.SignedOut", () => users.SignOutAsync(id, ct), ct);

    private async Task<IActionResult> StepAsync(long id, string said, Func<Task> step, CancellationToken ct)
    {
        var page = await PageAsync(id, form: null, ct);
        return await Submit(step, done: () => Said(L[said, page.User.Input.Name], $"/settings/users/{id}"), again: () => View(nameof(Show), page));
    }

    private async Task<UserView> PageAsync(long id, UserForm? form, CancellationToken ct)
    {
        var user = await users.ShowAsync(id, ct);
        return new(user, form ?? UserForm.Of(user), await users.ChoicesAsync(ct), await handOver.LatelyAsync(id, ct));
    }

    /// <summary>People come by invitation.</summary>
    protected override async Task<ListView> ListAsync(CancellationToken ct) => await base.ListAsync(ct) with { MayImport = false, MayExport = false };
}
