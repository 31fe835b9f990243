namespace CrmWeb.Data.Common;

/// <summary>What queries say and each database writes in its own way.</summary>
public static class DatabaseWords
{
    /// <summary>The value of a column that is only looked at: a database without statistics must not take its index for the shortest way in.</summary>
    public static long? Judged(long? column) => throw new InvalidOperationException($"{column} is judged by the database.");

    /// <summary>The condition, where it holds for many rows: a database without statistics then walks the order of the list instead of gathering and sorting them.</summary>
    public static bool Frequent(bool condition) => throw new InvalidOperationException($"{condition} is judged by the database.");
}
