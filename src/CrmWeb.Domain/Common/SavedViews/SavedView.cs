using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Access;

namespace CrmWeb.Domain.Common;

/// <summary>A list that somebody keeps under a name: conditions, order and columns, for himself or for others too.</summary>
public sealed class SavedView : Record, IShared
{
    /// <summary>Name of the record type it lists: "Customer".</summary>
    [Required, MaxLength(40)]
    public string Type { get; init; } = "";

    [Required, MaxLength(60)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";

    /// <summary>What it sets, as the query string of the list says it.</summary>
    [MaxLength(4000)]
    public string Query { get; set; } = "";
    public Audience Audience { get; set; }

    public long? OwnerId { get; private set; }
    public User? Owner { get; private set; }
    public long? OwnerTeamId { get; private set; }

    public override string Title => Name;

    public override IEnumerable<Broken> Check() =>
        Audience == Audience.Team && OwnerTeamId is null ? [.. base.Check(), new Broken("SavedView.NoTeam", nameof(Audience))] : base.Check();

    public void Assign(long? ownerId, long? teamId) => (OwnerId, OwnerTeamId) = (ownerId, teamId);
}

/// <summary>Who sees what a person has made: himself, the team he made it in, everyone.</summary>
public enum Audience { Me, Team, Everyone }

/// <summary>Something a person makes for himself and may show to others. It stays his to change.</summary>
public interface IShared : IOwned
{
    Audience Audience { get; }
}

/// <summary>Where a person left a list: changes of a view that are not saved, and whether it stands in his sidebar. Nobody else sees it.</summary>
public sealed class ViewState
{
    public long UserId { get; init; }

    /// <summary>Name of the record type: "Customer".</summary>
    [MaxLength(40)]
    public string Type { get; init; } = "";

    /// <summary>Key of a view of the product, or id of a saved one.</summary>
    [MaxLength(40)]
    public string View { get; init; } = "";

    /// <summary>What the view was changed to; null while it is as saved.</summary>
    [MaxLength(4000)]
    public string? Query { get; set; }
    public bool IsPinned { get; set; }

    /// <summary>UTC; the latest of a type is the view its list opens with.</summary>
    public DateTime OpenedAt { get; set; }
}
