namespace CrmWeb.Data.Common;

/// <summary>What queries say and each database writes in its own way.</summary>
public static class DatabaseWords
{
    /// <summary>The value of a column that is only looked at: a database without statistics must not take its index for the shortest way in.</summary>
    public static long? Judged(long? column) => throw new InvalidOperationException($"{column} is judged by the database.");
}
