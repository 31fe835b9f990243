using CrmWeb.Domain.Access;
using static CrmWeb.Services.Common.FieldUse;

namespace CrmWeb.Services.Access;

/// <summary>The fields of a user that lists show and references lead to.</summary>
public sealed class UserType : RecordType<User>
{
    public UserType() : base("settings/users", "user")
    {
        Field(u => u.Name, FieldKind.Title, List | Filter).SortBy(u => u.SortKey).Shows(u => u.JobTitle);
        Field(u => u.Email, FieldKind.Email, List | Filter | Sort);
        Field(u => u.HomeTeamId, FieldKind.Reference, List | Filter).LeadsTo("Team", u => u.HomeTeam!.Name);
        Field(u => u.IsActive, FieldKind.Flag, List | Filter);
        Field(u => u.LastSignInAt, FieldKind.Moment, List | Filter | Sort);

        Listed = u => u.Kind == UserKind.Internal; // not the product itself
        Columns = ["name", "email", "homeTeam", "isActive", "lastSignInAt"];
        Order = ("name", false);
        Views = [new("active", "f.isActive.is=true"), new("all", "")];
    }
}
