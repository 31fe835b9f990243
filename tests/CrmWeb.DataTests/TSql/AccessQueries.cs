using System.Reflection;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using static CrmWeb.DataTests.TSql.SentQueries;
using static CrmWeb.DataTests.TSql.SentQuery;

namespace CrmWeb.DataTests.TSql;

/// <summary>Users, roles, audit.</summary>
internal static class AccessQueries
{
    private static readonly RoleInput Junior = new("Junior", [new("Customer", RecordAction.View, Scope.Own)], []);
    private static readonly Origin Here = new("192.0.2.1", "Browser");

    public static IEnumerable<SentQuery> Sent { get; } =
    [
        Of<IHistory>(h => h.EndOfAsync(Id, 8, Ct)),
        Of<IHistory>(h => h.CountOfOperationAsync(Id, Ct)),
        Of<IHistory>(h => h.OfOperationAsync(Id, null, 0, 100, Ct)),
        Of<IHistory>(h => h.OfOperationAsync(Id, "Customer", 99, 100, Ct)),
        Of<IHistory>(h => h.ChangedElsewhereAsync("Customer", new List<long> { Id, Id + 1 }, 7, Ct)),
        Of<IHistory>(h => h.CountChangedSinceAsync(Id, "Customer", AuditKind.Created, Ct)),
        Of<IHistory>(h => h.ReadAsync(new("Customer", Id) { SavesOnly = true }, null, 30, Ct)),
        Of<IHistory>(h => h.ReadAsync(new("Customer", Id, 8, AuditKind.Changed, DateTime.UnixEpoch, DateTime.UnixEpoch), new(DateTime.UnixEpoch, Id), 30, Ct)),
        Of<IAuditLog>(a => a.ReadAsync(new(), null, Ct)),
        Of<IHistory>(h => h.FindAsync("Customer", Id, 99, Ct)),
        Of<IHistory>(h => h.SinceAsync("Customer", Id, SilentReader.Earlier, Ct)),
        Of<IUserProfiles>(p => p.FindAsync(Id, Ct)),
        Of<IUserProfiles>(p => p.FindAsync(Id, new ProfileVersion(1, Guid.NewGuid(), 1), Ct)), // one that is not kept yet
        Of<IUserProfiles>(p => p.FindByEmailAsync("ana@x.example", Ct)),
        Of<ICredentials>(c => c.CheckAsync("ana@x.example", "a long password", Ct)),
        Of<ICredentials>(c => c.SetPasswordAsync(Id, "a long password", Ct)),
        Of<ICredentials>(c => c.StampAsync(Id, Ct)),
        Of<ICredentials>(c => c.AdmitAsync(Id, Ct)),
        Of<ISessions>(s => s.StartAsync(Id, true, Here, Ct)),
        Of<ISessions>(s => s.FindAsync(Id, Ct)),
        Of<ISessions>(s => s.TouchAsync(Id, Ct)),
        Of<ISessions>(s => s.ConfirmAsync(Id, Ct)),
        Of<ISessions>(s => s.EndAsync(Id, Ct)),
        Of<ISessions>(s => s.EndAllAsync(Id, null, Ct)),
        Of<ISessions>(s => s.AliveAsync(Id, Ct)),
        Of<ISignInService>(s => s.SignInAsync(new("ana@x.example", "a long password", false, Here), Ct)),
        Of<ISignInService>(s => s.SignOutAsync(Id, Ct)),
        Of<IFirmReader>(f => f.NameAsync(Ct)),
        Of<ISetupStore>(s => s.AnyoneSignsInAsync(Ct)),
        Of<ISetupStore>(s => s.OrganisationAsync(Ct)),
        Of<ISetupStore>(s => s.AdministratorRoleAsync(Ct)),
        Of<IUserStore>(u => u.GetAsync(Id, Ct)),
        Of<IUserStore>(u => u.RolesAsync(Ct)),
        Of<IUserStore>(u => u.TeamsAsync(Ct)),
        Of<IUserStore>(u => u.ManagersAsync(Ct)),
        Of<IUserStore>(u => u.SaveAsync(Ct)),
        Of<IUserStore>(u => u.HasOtherHolderAsync(Id, 7, Ct)),
        Of<IRoleStore>(r => r.CountsAsync(Ct)),
        Of<IRoleStore>(r => r.HoldersAsync(Id, 100, Ct)),
        Of<IRoleStore>(r => r.SeenAsync("Customer", AccessRights.System, 100, Ct)),
        Of<IHandOverService>(h => h.LatelyAsync(Id, Ct)),
        Of<ITeamStore>(t => t.CountsAsync(Ct)),
        Of<ITeamStore>(t => t.MembersAsync(Id, 100, Ct)),
        Of<ITeamStore>(t => t.UseAsync(Id, Ct)),
        Of<ITeamService>(t => t.TreeAsync(Ct)),
        Of<ITeamService>(t => t.ShowAsync(Id, Ct)),
        Of<ITeamService>(t => t.CreateAsync(new("North", null), Ct)),
        Of<IRoleService>(r => r.ListAsync(Ct)),
        Of<IRoleService>(r => r.ShowAsync(Id, Ct)),
        Of<IRolePreviews>(r => r.ShowAsync(Id, Junior, Ct)),
    ];

    public static IEnumerable<(MethodInfo, string)> Silent { get; } =
    [
        .. Composed<IUserService>(), .. Composed<IHandOverService>().Where(m => m.Item1.Name != nameof(IHandOverService.LatelyAsync)), .. Composed<IAccountService>(), .. Composed<IPasswordService>(), .. Composed<ISetupService>(), .. Composed<IFreshSignIn>(),
        Quiet<ISetupStore>(s => s.Add(new Organisation()), "kept for the save"),
        Quiet<ITeamService>(t => t.EditAsync(Id, default, new("North", null), Ct), "asks for the team and the tree, which are named by themselves"),
        Quiet<ITeamService>(t => t.DeleteAsync(Id, default, Ct), "asks for the team and its use, which are named by themselves"),
        Quiet<IAccessExplainer>(e => e.ExplainAsync(Id, "Customer", Id, Ct), "asks for the user, his roles and the record, which are named by themselves"),
        Quiet<IRoleService>(r => r.CreateAsync(Junior, Ct), "saves as every save does"),
        Quiet<IRoleService>(r => r.EditAsync(Id, default, Junior, Ct), "asks for the role and its holders, which are named by themselves"),
        Quiet<IRoleService>(r => r.DeleteAsync(Id, default, Ct), "asks for the role and its holders, which are named by themselves"),
        Quiet<IAuditTrail>(a => a.Add(new(AuditKind.SignedIn, 7)), "kept for the save"),
    ];

    /// <summary>Services that ask only ports, each of which is named by itself.</summary>
    private static IEnumerable<(MethodInfo, string)> Composed<T>() => typeof(T).GetMethods().Select(m => (m, "asks ports that are named by themselves"));
}
