using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.DataTests.TSql;

/// <summary>What the silent server says to every question: no row; one row with its optional columns empty; one row with all of them filled.</summary>
public enum Answer { Nothing, Sparse, Full }

/// <summary>Stands where SQL Server would: keeps every command that is sent to it, and answers each in the same way.</summary>
public sealed class SilentServer : DbConnectionInterceptor
{
    private readonly List<string> commands = [];

    public Answer Answer { get; set; } = Answer.Full;

    /// <summary>How the last transaction was asked to be kept apart from others.</summary>
    public IsolationLevel Isolation { get; set; }

    /// <summary>The model whose tables the answers are shaped by.</summary>
    public IModel? Model { get; set; }

    public void Keep(string command)
    {
        lock (commands)
            commands.Add(command);
    }

    /// <summary>The commands since the last call, in the order they came.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (commands)
        {
            var taken = commands.ToList();
            commands.Clear();
            return taken;
        }
    }

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new SilentConnection(this));
}

internal sealed class SilentConnection(SilentServer server) : DbConnection
{
    private ConnectionState state;

    [AllowNull]
    public override string ConnectionString { get; set; } = "Server=none;Database=silent";
    public override string Database => "silent";
    public override string DataSource => "none";
    public override string ServerVersion => "16.00.0000";
    public override ConnectionState State => state;

    public override void Open() => state = ConnectionState.Open;

    public override void Close() => state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName)
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        server.Isolation = isolationLevel;
        return new SilentTransaction(this, isolationLevel);
    }

    protected override DbCommand CreateDbCommand() => new SilentCommand(server) { Connection = this };
}

internal sealed class SilentTransaction(SilentConnection connection, IsolationLevel level) : DbTransaction
{
    public override IsolationLevel IsolationLevel => level;
    protected override DbConnection DbConnection => connection;

    public override void Commit()
    {
    }

    public override void Rollback()
    {
    }

    // EF puts a savepoint before a batch inside a transaction.
    public override bool SupportsSavepoints => false;
}

internal sealed class SilentCommand(SilentServer server) : DbCommand
{
    private readonly SqlCommand parameters = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";
    public override int CommandTimeout { get; set; }
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbConnection? DbConnection { get; set; }
    protected override DbTransaction? DbTransaction { get; set; }
    protected override DbParameterCollection DbParameterCollection => parameters.Parameters;

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        server.Keep(CommandText);
        return server.Answer == Answer.Nothing ? 0 : 1;
    }

    public override object? ExecuteScalar()
    {
        server.Keep(CommandText);
        return server.Answer == Answer.Nothing ? null : 1;
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        server.Keep(CommandText);
        var values = parameters.Parameters.Cast<SqlParameter>().ToDictionary(p => p.ParameterName, p => (object?)p.Value, StringComparer.Ordinal);
        return new SilentReader(AnswerShape.Of(CommandText, values, server.Model, server.Answer), server.Answer);
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override void Dispose(bool disposing)
    {
        parameters.Dispose();
        base.Dispose(disposing);
    }
}
