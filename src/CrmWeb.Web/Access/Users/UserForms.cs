using System.ComponentModel.DataAnnotations;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Users;

public sealed record NewUserView(InviteForm Form, UserChoices Choices);

/// <param name="HandedOver">What was handed over of his records lately.</param>
public sealed record UserView(UserDetails User, UserForm Form, UserChoices Choices, IReadOnlyList<HandedOver> HandedOver)
{
    /// <summary>Name of his home team; null when he has none.</summary>
    public string? Team => Choices.Teams.FirstOrDefault(t => t.Id == User.HomeTeamId)?.Name;
}

/// <summary>What both forms about a user ask.</summary>
public interface IUserForm
{
    string? Name { get; }
    string? JobTitle { get; }
    long? ManagerId { get; }
    IReadOnlyList<long>? Roles { get; }
}

/// <summary>Who shall work here from now on.</summary>
[TextsOf("User")]
public sealed record InviteForm(
    [Required, StringLength(100)] string? Name = null, [Required, EmailAddress, StringLength(254)] string? Email = null, [StringLength(100)] string? JobTitle = null, long? HomeTeamId = null,
    [StringLength(100)] string? NewTeam = null, long? NewTeamParentId = null, long? ManagerId = null, IReadOnlyList<long>? Roles = null) : IUserForm
{
    public UserInput ToInput() => UserForm.Input(this);

    public HomeTeamInput ToTeam() => new(HomeTeamId, NewTeam, NewTeamParentId);
}

/// <summary>A user as an administrator sees him.</summary>
[TextsOf("User")]
public sealed record UserForm(
    Guid Version, [Required, StringLength(100)] string? Name, [StringLength(100)] string? JobTitle, long? ManagerId, IReadOnlyList<long>? Roles) : IUserForm
{
    public static UserForm Of(UserDetails user) =>
        new(user.Version, user.Input.Name, user.Input.JobTitle, user.Input.ManagerId, user.Input.Roles);

    public UserInput ToInput() => Input(this);

    internal static UserInput Input(IUserForm form) => new(form.Name!, form.JobTitle, form.ManagerId, form.Roles ?? []);
}
