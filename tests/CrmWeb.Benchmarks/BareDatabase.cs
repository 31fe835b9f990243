using Microsoft.Data.Sqlite;

namespace CrmWeb.Benchmarks;

/// <summary>A connection with the product's own settings and its prepared commands.</summary>
internal sealed class BareDatabase : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public BareDatabase(string path)
    {
        connection = new($"Data Source={path};Pooling=false");
        connection.Open();
        Run("PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY");
        Me = (long)Command("SELECT Id FROM Users WHERE Email=@0", Product.Email).ExecuteScalar()!;
    }

    /// <summary>Id of the user the load is signed in as.</summary>
    public long Me { get; }

    public SqliteDataReader Read(string sql, params object?[] values) => Command(sql, values).ExecuteReader();

    public void Run(string sql, params object?[] values) => Command(sql, values).ExecuteNonQuery();

    public void Dispose() => connection.Dispose();

    /// <summary>Parameters are named by their place: @0, @1.</summary>
    private SqliteCommand Command(string sql, params object?[] values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            prepared[sql] = command = new(sql, connection);
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new($"@{i}", value: null));
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
