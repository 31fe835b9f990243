using System.Linq.Expressions;
using System.Reflection;

namespace CrmWeb.Data.Common;

/// <summary>What queries say and each database writes in its own way.</summary>
public static class DatabaseWords
{
    /// <summary>The value of a column that is only looked at: a database without statistics must not take its index for the shortest way in.</summary>
    public static long? Judged(long? column) => throw new InvalidOperationException($"{column} is judged by the database.");

    /// <summary>The condition, where it holds for many rows: a database without statistics then walks the order of the list instead of gathering and sorting them.</summary>
    public static bool Frequent(bool condition) => throw new InvalidOperationException($"{condition} is judged by the database.");
}

/// <summary>The same words about expressions that are put together at run time.</summary>
internal static class DatabaseWordsAbout
{
    private static readonly MethodInfo OfColumn = typeof(DatabaseWords).GetMethod(nameof(DatabaseWords.Judged))!, OfCondition = typeof(DatabaseWords).GetMethod(nameof(DatabaseWords.Frequent))!;

    extension(Expression value)
    {
        /// <inheritdoc cref="DatabaseWords.Judged"/>
        public Expression Judged => Expression.Call(OfColumn, Expression.Convert(value, typeof(long?)));

        /// <inheritdoc cref="DatabaseWords.Frequent"/>
        public Expression Frequent => Expression.Call(OfCondition, value);
    }
}
