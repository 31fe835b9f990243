using System.Linq.Expressions;
using System.Reflection;
using CrmWeb.DataTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.TSql;

/// <summary>A call that sends queries, in a line: which method it is, and how to run it.</summary>
internal sealed record SentQuery(string Name, MethodInfo Method, Func<TestScope, CancellationToken, Task> Run)
{
    /// <summary>A call of a service. What it returns is waited for, and run when it is a query.</summary>
    /// <param name="first">What must have happened before, in the same scope.</param>
    public static SentQuery Of<T>(Expression<Func<T, object?>> call, Func<TestScope, Task>? first = null) where T : notnull
    {
        var (method, run) = (MethodOf(call.Body), call.Compile());
        return new(call.ToString(), method, async (scope, ct) =>
        {
            if (first is not null)
                await first(scope);
            await FinishAsync(run(scope.Get<T>()), ct);
        });
    }

    /// <summary>Whether two methods are the same one, whatever their type arguments.</summary>
    public static bool Same(MethodInfo a, MethodInfo b) => a.Module == b.Module && a.MetadataToken == b.MetadataToken;

    internal static MethodInfo MethodOf(Expression body) => body switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } cast => MethodOf(cast.Operand),
        MethodCallExpression call => call.Method,
        _ => throw new ArgumentException("One call of one method.", nameof(body)),
    };

    private static Task FinishAsync(object? result, CancellationToken ct) => result switch
    {
        Task task => task,
        IQueryable query => EnumerateAsync((dynamic)query, ct),
        _ => Task.CompletedTask,
    };

    private static async Task EnumerateAsync<T>(IQueryable<T> query, CancellationToken ct) => await query.Take(5).ToListAsync(ct);
}
