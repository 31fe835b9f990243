using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmWeb.Data.Sqlite;

/// <summary>Sets what holds for a connection, once for each physical one: pooled connections are opened many times.</summary>
/// <remarks>A context keeps its connection until it is disposed. Opening one anew for each query would register the provider's functions in it each time.</remarks>
internal sealed class ConnectionSettings : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;";
    private static readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> Done = [];

    public static ConnectionSettings Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());

    private static void Set(DbConnection connection)
    {
        if (connection is not SqliteConnection { Handle: { } handle } || !Done.TryAdd(handle, Sql))
            return;

        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }
}
