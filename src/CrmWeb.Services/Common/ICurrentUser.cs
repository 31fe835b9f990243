using System.Globalization;
using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Common;

/// <summary>Who acts: the signed-in person of a request, or the user a job works for.</summary>
public interface ICurrentUser
{
    /// <summary>Null when nobody is signed in.</summary>
    long? Id { get; }
    string Name { get; }
    AccessRights Access { get; }
    Habits Habits { get; }

    /// <summary>Network address, "command line" or "job", for the audit.</summary>
    string? From { get; }

    /// <summary>What makes the change when it is not the person himself: an import, a rule.</summary>
    string? Why { get; }
}

/// <summary>How a person likes things written and shown.</summary>
/// <param name="Language">Culture of texts: en or zh-Hans.</param>
/// <param name="Format">Culture of dates and numbers.</param>
public sealed record Habits(CultureInfo Language, CultureInfo Format, TimeZoneInfo Zone, Theme Theme, Density Density, bool ShortcutsOff)
{
    /// <summary>Where the person lands after signing in.</summary>
    public StartPage Start { get; init; }

    public static Habits Neutral { get; } = new(CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("en-GB"), TimeZoneInfo.Utc, Theme.System, Density.Comfortable, ShortcutsOff: false);

    /// <summary>The day it is for this person.</summary>
    public DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);

    /// <summary>A stored moment in the person's zone.</summary>
    /// <param name="utc">UTC.</param>
    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>A moment of the person's clock as UTC; times that summer time skips move forward.</summary>
    public DateTime Utc(DateTime local)
    {
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(Zone.IsInvalidTime(clock) ? clock.AddHours(1) : clock, Zone);
    }
}

/// <summary>What puts a record within somebody's reach.</summary>
public enum RecordReason { IsOwner, InTeam, InTeamBelow, Everybody, Shared }

/// <summary>Main records that are shared with a user or his teams.</summary>
/// <param name="Edited">Those of them he may change.</param>
public sealed record SharedRecords(IReadOnlyList<long> Seen, IReadOnlyList<long> Edited)
{
    public static SharedRecords None { get; } = new([], []);
}

/// <summary>What a user may do, worked out from all his roles, the most permissive winning.</summary>
public sealed class AccessRights
{
    private readonly Dictionary<(string Type, RecordAction Action), Scope> scopes = [];
    private readonly HashSet<SpecialRight> rights;
    private readonly Dictionary<(string Type, string Field), FieldRight> fields;

    /// <summary>What a person makes for himself needs no role.</summary>
    private static readonly string[] OwnThings = [nameof(SavedView), nameof(BulkRun)];
    private static readonly RecordAction[] OwnActions = [RecordAction.View, RecordAction.Create, RecordAction.Edit, RecordAction.Delete];

    /// <param name="teams">Teams the user is in.</param>
    /// <param name="subtree">Those and all below them.</param>
    public AccessRights(long userId, long? homeTeamId, IEnumerable<long> teams, IEnumerable<long> subtree, IEnumerable<Role> roles)
    {
        (UserId, HomeTeamId, Teams, Subtree) = (userId, homeTeamId, [.. teams], [.. subtree]);
        rights = [.. roles.SelectMany(r => r.Rights)];
        foreach (var (type, action) in userId is 0 or User.SystemId ? [] : OwnThings.SelectMany(t => OwnActions.Select(a => (t, a))))
            scopes[(type, action)] = Scope.Own;
        foreach (var grant in roles.SelectMany(r => r.Grants))
        {
            if (grant.Scope > ScopeOf(grant.Type, grant.Action))
                scopes[(grant.Type, grant.Action)] = grant.Scope;
        }
        fields = Limited([.. roles]);
    }

    /// <summary>Only a role that lets him see the records speaks of their fields; what one of them leaves open is open.</summary>
    private static Dictionary<(string, string), FieldRight> Limited(IReadOnlyList<Role> roles)
    {
        var limited = new Dictionary<(string, string), FieldRight>();
        foreach (var rule in roles.SelectMany(r => r.Fields).DistinctBy(f => (f.Type, f.Field)))
        {
            var speaking = roles.Where(r => RoleGrants.ScopeOf(r.Grants, rule.Type, RecordAction.View) != Scope.None);
            var right = speaking.Select(r => r.Fields.FirstOrDefault(f => f.Type == rule.Type && f.Field == rule.Field)?.Right ?? FieldRight.Edit).DefaultIfEmpty(FieldRight.Edit).Max();
            if (right != FieldRight.Edit)
                limited[(rule.Type, rule.Field)] = right;
        }
        return limited;
    }

    /// <summary>May do nothing.</summary>
    public static AccessRights Nobody { get; } = new(0, null, [], [], []);

    /// <summary>May do everything: the product itself, at night or on the command line.</summary>
    public static AccessRights System { get; } = new(User.SystemId, null, [], [], [new Role { Grants = [.. BuiltInRoles.Grants(BuiltInRoles.Administrator), Founding, .. EndingOthers], Rights = Enum.GetValues<SpecialRight>() }]);

    /// <summary>The firm itself is made by the product, at its first start.</summary>
    private static Grant Founding => new(nameof(Organisation), RecordAction.Create, Scope.All);

    /// <summary>What a person began and can no longer end, the product ends.</summary>
    private static IEnumerable<Grant> EndingOthers => OwnActions.Select(a => new Grant(nameof(BulkRun), a, Scope.All));

    public long UserId { get; }
    public long? HomeTeamId { get; }
    public IReadOnlyList<long> Teams { get; }
    public IReadOnlyList<long> Subtree { get; }

    /// <summary>Records beyond the scopes. They widen whose records he reaches, never what he may do.</summary>
    public SharedRecords Shared { get; init; } = SharedRecords.None;

    /// <summary>Main records that are his for the action because they were shared with him.</summary>
    public IReadOnlyList<long> SharedFor(RecordAction action) => action switch
    {
        RecordAction.View => Shared.Seen,
        RecordAction.Edit => Shared.Edited,
        _ => [],
    };

    /// <summary>Whose records of the type the user may do this with.</summary>
    public Scope ScopeOf(string type, RecordAction action) => scopes.GetValueOrDefault((type, action));

    /// <summary>Whether there are any records at all the user may do this with: whether a door is shown.</summary>
    public bool May(string type, RecordAction action) => ScopeOf(type, action) != Scope.None;

    public bool May<T>(RecordAction action) where T : Record => May(typeof(T).Name, action);

    public bool Has(SpecialRight right) => rights.Contains(right);

    /// <summary>Whether there are fields that are not open to him with their records.</summary>
    public bool LimitsFields => fields.Count > 0;

    /// <summary>How far a field is open to the user, where its record is.</summary>
    public FieldRight RightOn(string type, string field) => fields.GetValueOrDefault((type, field), FieldRight.Edit);

    /// <summary>Fields of the type that are not open to him with their records.</summary>
    public IEnumerable<FieldRule> LimitsOn(string type) => fields.Where(f => f.Key.Type == type).Select(f => new FieldRule(f.Key.Type, f.Key.Field, f.Value));

    /// <summary>Whether what he may do depends on which teams there are.</summary>
    public bool FollowsTeams => scopes.ContainsValue(Scope.Team) || scopes.ContainsValue(Scope.Subtree);

    /// <summary>Whether a record with this owner and team lies within the scope, or is shared.</summary>
    /// <param name="mainId">The record, or the one it lives with.</param>
    public bool Covers(string type, RecordAction action, long? ownerId, long? teamId, long? mainId = null) => Reach(type, action, ownerId, teamId, mainId) is not null;

    /// <summary>What puts a record with this owner and team within the user's reach; null when nothing does.</summary>
    /// <param name="mainId">The record, or the one it lives with.</param>
    public RecordReason? Reach(string type, RecordAction action, long? ownerId, long? teamId, long? mainId = null) => ScopeOf(type, action) switch
    {
        Scope.None => null,
        _ when ownerId == UserId => RecordReason.IsOwner,
        Scope.Team or Scope.Subtree when teamId is { } team && Teams.Contains(team) => RecordReason.InTeam,
        Scope.Subtree when teamId is { } team && Subtree.Contains(team) => RecordReason.InTeamBelow,
        Scope.All => RecordReason.Everybody,
        _ when mainId is { } main && SharedFor(action).Contains(main) => RecordReason.Shared,
        _ => null,
    };

    /// <summary>Of records that the user sees, those with which he may not do this as a matter of course: the database has to be asked.</summary>
    public IReadOnlyList<long> Doubtful<T>(RecordAction action, IReadOnlyList<long> seen) where T : Record
    {
        if (ScopeOf(typeof(T).Name, action) < ScopeOf(typeof(T).Name, RecordAction.View))
            return seen;
        var onlySeen = Shared.Seen.Except(SharedFor(action)).ToHashSet();
        return onlySeen.Count > 0 && !typeof(T).IsAssignableTo(typeof(IShareable)) ? seen : [.. seen.Where(onlySeen.Contains)];
    }

    /// <summary>Whether everything the other may do lies within these rights.</summary>
    public bool Holds(AccessRights other) => other.rights.All(Has) && other.scopes.All(s => s.Value <= ScopeOf(s.Key.Type, s.Key.Action))
        && fields.All(f => !other.May(f.Key.Type, RecordAction.View) || other.RightOn(f.Key.Type, f.Key.Field) <= f.Value);

    /// <exception cref="AccessDeniedException">The user lacks the right.</exception>
    public void Require(SpecialRight right)
    {
        if (!Has(right))
            throw new AccessDeniedException(right.ToString(), "Use");
    }

    /// <exception cref="AccessDeniedException">There is no record of the type the user may do this with.</exception>
    public void Require<T>(RecordAction action) where T : Record
    {
        if (!May<T>(action))
            throw new AccessDeniedException(typeof(T), action);
    }
}
