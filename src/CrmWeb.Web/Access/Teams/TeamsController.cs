using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.Teams;

/// <summary>The tree of teams, by which people share customers.</summary>
[Route("settings/teams")]
[NeedsRight(SpecialRight.ManageUsers)]
public sealed class TeamsController(ITeamService teams) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(await teams.TreeAsync(ct));

    /// <param name="parentId">The team the new one is part of.</param>
    [HttpGet("new")]
    public async Task<IActionResult> New(long? parentId, CancellationToken ct) => View(new NewTeamView(new(Version: default, Name: null, parentId), await teams.TreeAsync(ct)));

    [HttpPost("")]
    public async Task<IActionResult> New(TeamForm form, CancellationToken ct)
    {
        var tree = await teams.TreeAsync(ct);
        return await Submit(
            save: () => Once(() => teams.CreateAsync(form.ToInput(), ct), ct),
            done: () => Said(L["Team.Created", form.Name!], "/settings/teams"),
            again: () => View(nameof(New), new NewTeamView(form, tree)));
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken ct)
    {
        var team = await teams.ShowAsync(id, ct);
        return View(new TeamView(team, TeamForm.Of(team)));
    }

    [HttpPost("{id:long}")]
    public async Task<IActionResult> Save(long id, TeamForm form, CancellationToken ct)
    {
        var view = new TeamView(await teams.ShowAsync(id, ct), form);
        return await Submit(
            save: () => teams.EditAsync(id, form.Version, form.ToInput(), ct),
            done: () => Said(L["Team.Saved", form.Name!], "/settings/teams"),
            again: () => View(nameof(Show), view));
    }

    [HttpPost("{id:long}/deletion")]
    public async Task<IActionResult> Delete(long id, Guid version, CancellationToken ct)
    {
        var team = await teams.ShowAsync(id, ct);
        return await Submit(
            save: () => teams.DeleteAsync(id, version, ct),
            done: () => Said(L["Team.Deleted", team.Input.Name], "/settings/teams"),
            again: () => View(nameof(Show), new TeamView(team, TeamForm.Of(team))));
    }
}

public sealed record NewTeamView(TeamForm Form, IReadOnlyList<TeamNode> Parents);

public sealed record TeamView(TeamDetails Team, TeamForm Form);

/// <summary>Name and place of a team.</summary>
[TextsOf("Team")]
public sealed record TeamForm(Guid Version, [Required, StringLength(100)] string? Name, long? ParentId)
{
    public static TeamForm Of(TeamDetails team) => new(team.Version, team.Input.Name, team.Input.ParentId);

    public TeamInput ToInput() => new(Name!, ParentId);
}
