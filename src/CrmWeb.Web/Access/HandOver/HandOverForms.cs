using System.ComponentModel.DataAnnotations;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.HandOver;

/// <summary>What becomes of the records of somebody who leaves.</summary>
[TextsOf("HandOver")]
public class HandOverForm
{
    public long? ToId { get; set; }
    public IReadOnlyList<HandOverPartForm>? Parts { get; set; }

    /// <summary>For the page only.</summary>
    internal HandOverPreview? Page { get; set; }
    internal IReadOnlyDictionary<long, string> Names { get; set; } = new Dictionary<long, string>();

    /// <summary>A fresh form asks for each type that there is something of.</summary>
    internal void Fill(HandOverPreview page, HandOverChoice usual) =>
        (Page, Parts) = (page, [.. page.Held.Select(h => new HandOverPartForm { Type = h.Type.Name, Choice = h.Count.Mine == 0 ? HandOverChoice.Leave : usual })]);

    public HandOverOrder ToOrder() => new(ToId, [.. (Parts ?? []).Select(p => new HandOverPart(p.Type ?? "", p.Choice, p.ToId))]);
}

/// <summary>What becomes of those of one type.</summary>
[TextsOf("HandOver")]
public sealed class HandOverPartForm
{
    public string? Type { get; set; }
    public HandOverChoice Choice { get; set; }
    public long? ToId { get; set; }
}

/// <summary>Where people work from now on, and what becomes of their records.</summary>
[TextsOf("User")]
public sealed class MoveForm : HandOverForm
{
    public IReadOnlyList<long>? Id { get; set; }
    public long? HomeTeamId { get; set; }

    [StringLength(100)]
    public string? NewTeam { get; set; }
    public long? NewTeamParentId { get; set; }

    /// <summary>For the page only.</summary>
    internal UserChoices? Choices { get; set; }

    public HomeTeamInput ToTeam() => new(HomeTeamId, NewTeam, NewTeamParentId);
}
