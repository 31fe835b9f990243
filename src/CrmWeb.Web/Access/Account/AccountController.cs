using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Access.Account;

/// <summary>One's own account: who one is, how things look, password, sessions.</summary>
[Route("account")]
[SignedIn]
public sealed class AccountController(IAccountService account) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(await PageAsync(form: null, ct));

    [HttpPost("")]
    public async Task<IActionResult> Index(AccountForm form, CancellationToken ct)
    {
        var page = await PageAsync(form, ct);
        return await Submit(save: () => account.SaveAsync(form.ToInput(), ct), done: () => Saved("Account.Saved"), again: () => View(page));
    }

    [HttpPost("password"), EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Password(PasswordForm form, CancellationToken ct)
    {
        var page = await PageAsync(form: null, ct);
        return await Submit(
            save: () => account.ChangePasswordAsync(form.Current!, form.Password!, User.SessionId!.Value, ct),
            done: () => Saved("Account.PasswordChanged"),
            again: () => View(nameof(Index), page));
    }

    /// <summary>The switch of the shell: answers where it was pressed.</summary>
    [HttpPost("theme")]
    public async Task<IActionResult> Theme(Theme theme, CancellationToken ct)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(theme))
            return BadRequest();
        await account.SetThemeAsync(theme, ct);
        return Request.IsFragment ? NoContent() : Redirect(LocalAddress.Of(Request, Request.Headers.Referer) ?? "/account");
    }

    [HttpPost("sessions/{id:long}/end")]
    public async Task<IActionResult> End(long id, CancellationToken ct)
    {
        await account.EndSessionAsync(id, ct);
        return Saved("Account.SessionEnded");
    }

    private IActionResult Saved(string said) => Said(L[said], "/account");

    private async Task<AccountView> PageAsync(AccountForm? form, CancellationToken ct) =>
        new(form ?? AccountForm.Of(await account.ShowAsync(ct)), await account.SessionsAsync(ct), User.SessionId);
}
