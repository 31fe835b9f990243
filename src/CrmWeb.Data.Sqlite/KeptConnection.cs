using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmWeb.Data.Sqlite;

/// <summary>A connection that outlives the contexts it serves, one after another, and keeps the statements they ran: preparing them anew took a quarter of a page's time.</summary>
internal sealed class KeptConnection(string settings) : SqliteConnection(settings)
{
    private const int MostKept = 150;
    private const int KeepPlans = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG: without it a statement is prepared anew whenever its LIMIT is given a value, the same one too
    private const string Settings = "PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;";

    private readonly Dictionary<string, KeptCommand> commands = new(StringComparer.Ordinal);

    /// <summary>Whether another context may go on with it.</summary>
    public bool IsReady => State == System.Data.ConnectionState.Open && raw.sqlite3_get_autocommit(Handle) != 0;

    public override void Open()
    {
        base.Open();
        raw.sqlite3_db_config(Handle, KeepPlans, 1, out _);
        using var command = CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    /// <summary>A context closes its connection at its end; this one stays open.</summary>
    public override void Close()
    {
    }

    public void End()
    {
        Forget();
        base.Close();
        Dispose();
    }

    /// <summary>The statement prepared before for the same text, with the values of this one; this one where there is none to be had.</summary>
    public SqliteCommand Prepared(SqliteCommand fresh)
    {
        if (!commands.TryGetValue(fresh.CommandText, out var kept))
        {
            if (commands.Count >= MostKept)
                Forget();
            commands.Add(fresh.CommandText, kept = new() { Connection = this, CommandText = fresh.CommandText });
        }
        if (!kept.Take(fresh))
            return fresh; // it is being read
        fresh.Dispose();
        return kept;
    }

    public void Drop(KeptCommand failed) => commands.Remove(failed.CommandText);

    private void Forget()
    {
        foreach (var idle in commands.Values.Where(c => !c.IsTaken).ToList())
        {
            commands.Remove(idle.CommandText);
            idle.End();
        }
    }
}

/// <summary>A command whose statement stays prepared after it ran.</summary>
internal sealed class KeptCommand : SqliteCommand
{
    private bool isOver;

    public bool IsTaken { get; private set; }

    public bool Take(SqliteCommand fresh)
    {
        if (IsTaken)
            return false;
        (IsTaken, Transaction, CommandTimeout) = (true, fresh.Transaction, fresh.CommandTimeout);
        Parameters.Clear();
        foreach (SqliteParameter parameter in fresh.Parameters)
            Parameters.Add(parameter);
        return true;
    }

    /// <summary>Ends it for good, at once or when it has been read.</summary>
    public void End()
    {
        isOver = true;
        if (!IsTaken)
            Dispose();
    }

    /// <summary>A context disposes of each command it ran; this one is given back.</summary>
    protected override void Dispose(bool disposing)
    {
        if (isOver || !disposing)
            base.Dispose(disposing);
        else
            (IsTaken, Transaction) = (false, null);
    }
}
