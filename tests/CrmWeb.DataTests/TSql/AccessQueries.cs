using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using static CrmWeb.DataTests.TSql.SentQueries;
using static CrmWeb.DataTests.TSql.SentQuery;

namespace CrmWeb.DataTests.TSql;

/// <summary>Users, roles, audit.</summary>
internal static class AccessQueries
{
    public static IEnumerable<SentQuery> Sent { get; } =
    [
        Of<IHistory>(h => h.SinceAsync("Customer", Id, Shown, Ct)),
        Of<IUserProfiles>(p => p.FindAsync(Id, Ct)),
        Of<IUserProfiles>(p => p.FindByEmailAsync("ana@x.example", Ct)),
    ];
}
