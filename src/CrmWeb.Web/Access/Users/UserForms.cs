using System.ComponentModel.DataAnnotations;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Users;

public sealed record NewUserView(InviteForm Form, UserChoices Choices);

public sealed record UserView(UserDetails User, UserForm Form, UserChoices Choices);

/// <summary>What both forms about a user ask.</summary>
public interface IUserForm
{
    string? Name { get; }
    string? JobTitle { get; }
    long? HomeTeamId { get; }
    string? NewTeam { get; }
    long? NewTeamParentId { get; }
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
}

/// <summary>A user as an administrator sees him.</summary>
[TextsOf("User")]
public sealed record UserForm(
    Guid Version, [Required, StringLength(100)] string? Name, [StringLength(100)] string? JobTitle, long? HomeTeamId,
    [StringLength(100)] string? NewTeam, long? NewTeamParentId, long? ManagerId, IReadOnlyList<long>? Roles) : IUserForm
{
    public static UserForm Of(UserDetails user) =>
        new(user.Version, user.Input.Name, user.Input.JobTitle, user.Input.HomeTeamId, NewTeam: null, NewTeamParentId: null, user.Input.ManagerId, user.Input.Roles);

    public UserInput ToInput() => Input(this);

    internal static UserInput Input(IUserForm form) =>
        new(form.Name!, form.JobTitle, form.ManagerId, form.HomeTeamId, form.Roles ?? []) { NewTeam = form.NewTeam, NewTeamParentId = form.NewTeamParentId };
}
