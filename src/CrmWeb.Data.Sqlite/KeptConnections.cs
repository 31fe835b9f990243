using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmWeb.Data.Sqlite;

/// <summary>The open connections nobody uses at the moment, handed to each new context.</summary>
/// <remarks>
/// EF would register functions of its own on a connection at each start of a context, which makes SQLite forget what it has prepared.
/// They serve decimals kept as text and regular expressions, of which there are none here.
/// </remarks>
internal sealed class KeptConnections(string settings) : DbConnectionInterceptor, IDisposable
{
    private const int MostIdle = 16;

    private readonly ConcurrentBag<KeptConnection> idle = [];
    private volatile bool isOver;

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        eventData.ConnectionString == settings ? InterceptionResult<DbConnection>.SuppressWithResult(idle.TryTake(out var kept) ? kept : new KeptConnection(settings)) : result;

    public override InterceptionResult ConnectionDisposing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => GiveBack(connection, result);

    public override ValueTask<InterceptionResult> ConnectionDisposingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(GiveBack(connection, result));

    public void Dispose()
    {
        isOver = true;
        while (idle.TryTake(out var kept))
            kept.End();
    }

    private InterceptionResult GiveBack(DbConnection connection, InterceptionResult result)
    {
        if (connection is not KeptConnection kept)
            return result;
        if (!isOver && kept.IsReady && idle.Count < MostIdle)
            idle.Add(kept);
        else
            kept.End();
        return InterceptionResult.Suppress();
    }
}

/// <summary>Lets every command run the statement its connection has kept.</summary>
internal sealed class KeptStatements : DbCommandInterceptor
{
    public static KeptStatements Instance { get; } = new();

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        result is SqliteCommand { Connection: KeptConnection connection } fresh ? connection.Prepared(fresh) : result;

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Drop(command);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Drop(command);
        return Task.CompletedTask;
    }

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => Drop(command);

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Drop(command);
        return Task.CompletedTask;
    }

    // What a failure left of a statement is not worth finding out.
    private static void Drop(DbCommand command)
    {
        if (command is not KeptCommand { Connection: KeptConnection connection } failed)
            return;
        connection.Drop(failed);
        failed.End();
    }
}
