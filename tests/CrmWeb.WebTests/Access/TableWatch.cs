using System.Data;
using System.Globalization;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.WebTests.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Access;

/// <summary>What each table of an app holds, as a number. Left out is what a refused request may write: that somebody was here, and tried.</summary>
internal sealed class TableWatch(CrmApp app) : IAsyncDisposable
{
    private static readonly string[] OfVisits = ["Sessions", "ViewStates", "Audit", "JobRuns", "Logins", "Sequences"];

    private readonly SqliteConnection connection = new($"Data Source={Path.Combine(app.DataPath, "crm.db")};Mode=ReadOnly;Pooling=false");
    private (long Version, IReadOnlyDictionary<string, int> Hashes) known = (-1, new Dictionary<string, int>());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Waits for what runs in the background, then reads all tables, unless nothing was written since they were read.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync()
    {
        if (connection.State != ConnectionState.Open)
            await connection.OpenAsync(Ct);
        if (await VersionAsync() == known.Version)
            return known.Hashes;
        await app.ReadAsync(SettledAsync);
        var tables = await app.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).Except(OfVisits).ToList()));
        var (version, hashes) = (await VersionAsync(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var table in tables)
            hashes[table] = await HashAsync(table);
        known = (version, hashes);
        return hashes;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<bool> SettledAsync(CrmDb db)
    {
        while (await db.Set<WorkItem>().AnyAsync(w => w.State == WorkState.Waiting || w.State == WorkState.Running, Ct))
            await Task.Delay(20, Ct);
        return true;
    }

    /// <summary>Another number after each commit of somebody else: see SQLite, PRAGMA data_version.</summary>
    private async Task<long> VersionAsync()
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task<int> HashAsync(string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var hash = new HashCode();
        while (await rows.ReadAsync(Ct))
        {
            for (var i = 0; i < rows.FieldCount; i++)
                hash.Add(rows.IsDBNull(i) ? "" : Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }
        return hash.ToHashCode();
    }
}
