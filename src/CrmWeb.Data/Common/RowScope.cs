using System.Linq.Expressions;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>The rows of a type on which a user may perform an action, as a condition that SQL evaluates.</summary>
internal static class RowScope
{
    private const int FewTeams = 4, MostTeams = 32; // who has more sees most rows: walking all in order finds a page soon

    /// <remarks>Ids come in through the captured access as parameters, so that the query of one user is the query of all with the same scope.</remarks>
    public static IQueryable<T> Within<T>(this IQueryable<T> rows, AccessRights access, RecordAction action) where T : Record
    {
        rows = access.ScopeOf(typeof(T).Name, action) switch
        {
            Scope.None => rows.Where(_ => false),
            Scope.All => rows,
            var scope => rows.Where(Reached<T>(scope, access, action)),
        };
        return rows.NotOthersPrivate(access);
    }

    /// <summary>
    /// What <see cref="Within"/> leaves of the rows, in parts that share none: each is found by an index in the order of a list, which "mine or my teams' or shared" is not.
    /// Empty where everything is reached, or nothing.
    /// </summary>
    public static IReadOnlyList<IQueryable<T>> Parts<T>(this IQueryable<T> rows, AccessRights access, RecordAction action) where T : Record
    {
        var scope = access.ScopeOf(typeof(T).Name, action);
        var teams = scope switch { Scope.Team => access.Teams, Scope.Subtree => access.Subtree, _ => [] };
        if (scope is Scope.None or Scope.All || typeof(T).IsAssignableTo(typeof(IShared)) || teams.Count > MostTeams || Columns<T>() is not var (owner, team))
            return [];

        var parts = new List<Expression<Func<T, bool>>> { owner.Is(access) };
        parts.AddRange((scope == Scope.Own ? [] : Padded(teams)).Select(t => team.Is(t).And(Not(owner.Is(access)))));
        if (access.SharedFor(action) is { Count: > 0 } shared && Main<T>() is { } main)
            parts.Add(main.Among(shared).And(Not(teams.Count == 0 ? owner.Is(access) : owner.Is(access).Or(team.In(teams)))));
        return parts.ConvertAll(p => rows.NotOthersPrivate(access).Where(p));
    }

    /// <summary>A few teams or many, so that the query of one user is that of others: no record has team 0.</summary>
    private static IEnumerable<long> Padded(IReadOnlyList<long> teams) => teams.Concat(Enumerable.Repeat(0L, (teams.Count > FewTeams ? MostTeams : FewTeams) - teams.Count));

    /// <summary>What lists and look-ups show of the rows.</summary>
    public static IQueryable<T> Listed<T>(this IQueryable<T> rows, RecordType<T> type) where T : Record => type.Listed is { } listed ? rows.Where(listed) : rows;

    private static Expression<Func<T, bool>> Reached<T>(Scope scope, AccessRights access, RecordAction action) where T : Record
    {
        if (Columns<T>() is not var (ownerColumn, teamColumn))
            return r => r.CreatedById == access.UserId;
        var (owner, team) = (Judged(ownerColumn), Judged(teamColumn));
        var reached = scope switch
        {
            Scope.Own when action == RecordAction.View && typeof(T).IsAssignableTo(typeof(IShared)) => owner.Is(access).Or(Shown<T>(team, access)),
            Scope.Own => owner.Is(access),
            Scope.Team => owner.Is(access).Or(team.In(access.Teams)),
            _ => owner.Is(access).Or(team.In(access.Subtree)),
        };
        return access.SharedFor(action) is { Count: > 0 } shared && Main<T>() is { } main ? reached.Or(main.Among(shared)) : reached;
    }

    /// <summary>The record that is shared: the row itself, or the one it lives with.</summary>
    private static Expression<Func<T, long?>>? Main<T>() where T : Record =>
        typeof(T).IsAssignableTo(typeof(IShareable)) ? Column<T>(nameof(Record.Id))
        : typeof(T).IsAssignableTo(typeof(IScoped)) ? Column<T>(nameof(CustomerShare.CustomerId))
        : null;

    private static Expression<Func<T, long?>> Judged<T>(Expression<Func<T, long?>> column) => Expression.Lambda<Func<T, long?>>(column.Body.Judged, column.Parameters);

    private static (Expression<Func<T, long?>> Owner, Expression<Func<T, long?>> Team)? Columns<T>() where T : Record
    {
        if (typeof(T).IsAssignableTo(typeof(IOwned)))
            return (Column<T>(nameof(IOwned.OwnerId)), Column<T>(nameof(IOwned.OwnerTeamId)));
        if (typeof(T).IsAssignableTo(typeof(IScoped)))
            return (Column<T>(nameof(IScoped.ScopeOwnerId)), Column<T>(nameof(IScoped.ScopeTeamId)));
        return null;
    }

    private static Expression<Func<T, long?>> Column<T>(string name)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, long?>>(Expression.Convert(Expression.Property(row, name), typeof(long?)), row);
    }

    private static Expression<Func<T, bool>> Is<T>(this Expression<Func<T, long?>> column, AccessRights access)
    {
        Expression<Func<long?>> me = () => access.UserId;
        return Expression.Lambda<Func<T, bool>>(Expression.Equal(column.Body, me.Body), column.Parameters);
    }

    private static Expression<Func<T, bool>> Is<T>(this Expression<Func<T, long?>> column, long? value)
    {
        Expression<Func<long?>> parameter = () => value;
        return Expression.Lambda<Func<T, bool>>(Expression.Equal(column.Body, parameter.Body), column.Parameters);
    }

    private static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> a) => Expression.Lambda<Func<T, bool>>(Expression.Not(a.Body), a.Parameters);

    private static Expression<Func<T, bool>> And<T>(this Expression<Func<T, bool>> a, Expression<Func<T, bool>> b) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(a.Body, new Swap(b.Parameters[0], a.Parameters[0]).Visit(b.Body)), a.Parameters);

    /// <summary>As one parameter, however many there are.</summary>
    private static Expression<Func<T, bool>> Among<T>(this Expression<Func<T, long?>> column, IReadOnlyList<long> ids)
    {
        var nullable = ids.Select(i => (long?)i).ToList();
        Expression<Func<long?, bool>> contains = id => EF.Parameter(nullable).Contains(id);
        return Expression.Lambda<Func<T, bool>>(new Swap(contains.Parameters[0], column.Body).Visit(contains.Body), column.Parameters);
    }

    private static Expression<Func<T, bool>> In<T>(this Expression<Func<T, long?>> column, IReadOnlyList<long> ids)
    {
        var nullable = ids.Select(i => (long?)i).ToList();
        Expression<Func<long?, bool>> contains = id => nullable.Contains(id);
        return Expression.Lambda<Func<T, bool>>(new Swap(contains.Parameters[0], column.Body).Visit(contains.Body), column.Parameters);
    }

    /// <summary>What others made and show to everyone, or to a team of the user.</summary>
    private static Expression<Func<T, bool>> Shown<T>(Expression<Func<T, long?>> team, AccessRights access) where T : Record
    {
        var row = Expression.Parameter(typeof(T), "r");
        BinaryExpression IsFor(Audience audience) => Expression.Equal(Expression.Property(row, nameof(IShared.Audience)), Expression.Constant(audience));
        var everyone = Expression.Lambda<Func<T, bool>>(IsFor(Audience.Everyone), row);
        var inTeam = team.In(access.Teams);
        return everyone.Or(Expression.Lambda<Func<T, bool>>(Expression.AndAlso(new Swap(row, inTeam.Parameters[0]).Visit(IsFor(Audience.Team)), inTeam.Body), inTeam.Parameters));
    }

    private static Expression<Func<T, bool>> Or<T>(this Expression<Func<T, bool>> a, Expression<Func<T, bool>> b) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(a.Body, new Swap(b.Parameters[0], a.Parameters[0]).Visit(b.Body)), a.Parameters);

    private static IQueryable<T> NotOthersPrivate<T>(this IQueryable<T> rows, AccessRights access) where T : Record
    {
        if (!typeof(T).IsAssignableTo(typeof(IPrivate)))
            return rows;
        var row = Expression.Parameter(typeof(T), "r");
        Expression<Func<long?>> me = () => access.UserId;
        var shared = Expression.Not(Expression.Property(row, nameof(IPrivate.IsPrivate)));
        var mine = Expression.Equal(Expression.Property(row, nameof(Record.CreatedById)), me.Body);
        return rows.Where(Expression.Lambda<Func<T, bool>>(Expression.OrElse(shared, mine), row));
    }

    internal sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
