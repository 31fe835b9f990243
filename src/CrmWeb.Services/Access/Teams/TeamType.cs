using CrmWeb.Domain.Access;
using static CrmWeb.Services.Common.FieldUse;

namespace CrmWeb.Services.Access;

/// <summary>The fields of a team that references lead to.</summary>
public sealed class TeamType : RecordType<Team>
{
    public TeamType() : base("settings/teams", "users-group")
    {
        Field(t => t.Name, FieldKind.Title, List | Filter).SortBy(t => t.SortKey);

        Columns = ["name"];
        Order = ("name", false);
    }
}
