using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.HandOver;

/// <summary>People who leave or move to another team: first it is shown what they look after, and asked who gets it.</summary>
[Route("settings/users")]
[NeedsRight(SpecialRight.ManageUsers)]
public sealed class HandOverController(IHandOverService handOver, IUserService users, ISearchService search) : CrmController
{
    [HttpGet("{id:long}/deactivation")]
    public async Task<IActionResult> Deactivate(long id, CancellationToken ct)
    {
        var form = new HandOverForm();
        form.Fill(await handOver.ShowAsync([id], ct), HandOverChoice.Give);
        return View(form);
    }

    [HttpPost("{id:long}/deactivation")]
    public async Task<IActionResult> Deactivate(long id, HandOverForm form, CancellationToken ct)
    {
        await ShowAsync(form, [id], ct);
        return await Submit(form,
            save: () => handOver.DeactivateAsync(id, form.ToOrder(), ct),
            done: () => Said(L["User.Deactivated", form.Page!.People[0].Name], $"/settings/users/{id}"));
    }

    /// <param name="id">People that were chosen on the page of their team, or one on his own.</param>
    [HttpGet("move")]
    public async Task<IActionResult> Move(long[] id, long? from, CancellationToken ct)
    {
        if (id.Length == 0)
            return Said(L["HandOver.ChoosePeople", HandOverPreview.MostPeople], from is { } team ? $"/settings/teams/{team}" : "/settings/users");
        var form = new MoveForm { Id = id, Choices = await users.ChoicesAsync(ct) };
        form.Fill(await handOver.ShowAsync(id, ct), HandOverChoice.Leave);
        form.HomeTeamId = form.Page!.People.Select(p => p.HomeTeamId).Distinct().ToList() is [var same] ? same : null;
        return View(form);
    }

    [HttpPost("move")]
    public async Task<IActionResult> Move(MoveForm form, CancellationToken ct)
    {
        form.Choices = await users.ChoicesAsync(ct);
        await ShowAsync(form, form.Id ?? [], ct);
        return await Submit(form,
            save: () => handOver.MoveAsync(form.Id!, form.ToTeam(), form.ToOrder(), ct),
            done: () => form.Page!.People is [var one]
                ? Said(L["HandOver.Moved", one.Name], $"/settings/users/{one.Id}")
                : Said(L.Count("HandOver.MovedMany", form.Page!.People.Count), form.HomeTeamId is { } team && form.NewTeam is null ? $"/settings/teams/{team}" : "/settings/teams"));
    }

    /// <summary>What the page needs to show a form again.</summary>
    private async Task ShowAsync(HandOverForm form, IReadOnlyList<long> people, CancellationToken ct)
    {
        form.Page = await handOver.ShowAsync(people, ct);
        form.Names = await search.TitlesAsync(nameof(User), [.. (form.Parts ?? []).Select(p => p.ToId).Append(form.ToId).OfType<long>().Distinct()], ct);
    }
}
