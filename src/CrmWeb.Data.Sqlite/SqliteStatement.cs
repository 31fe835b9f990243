using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmWeb.Data.Sqlite;

/// <summary>A statement run many times with other values: bound directly, for looking up each parameter by name costs more than the row itself.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;
    private byte[] text = new byte[1_024];

    public SqliteStatement(sqlite3 handle, string sql)
    {
        this.handle = handle;
        Check(raw.sqlite3_prepare_v2(handle, sql, out statement));
    }

    /// <summary>Values are written as the database driver writes them.</summary>
    public void Bind(int place, object? value)
    {
        switch (value)
        {
            case null:
                break; // what is not bound is NULL
            case string chars:
                BindText(place, chars);
                break;
            case long or int or bool:
                Check(raw.sqlite3_bind_int64(statement, place, Convert.ToInt64(value, CultureInfo.InvariantCulture)));
                break;
            case double number:
                Check(raw.sqlite3_bind_double(statement, place, number));
                break;
            case DateTime moment:
                BindText(place, moment.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                BindText(place, day.ToString(@"yyyy\-MM\-dd", CultureInfo.InvariantCulture));
                break;
            case Guid id:
                BindText(place, id.ToString().ToUpperInvariant());
                break;
            default:
                throw new NotSupportedException($"A {value.GetType().Name} is not among what tables hold.");
        }
    }

    public void Execute()
    {
        var result = raw.sqlite3_step(statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        Check(raw.sqlite3_reset(statement));
        Check(raw.sqlite3_clear_bindings(statement));
    }

    public void Dispose() => statement.Dispose();

    private void BindText(int place, string chars)
    {
        if (chars.Length == 0)
        {
            Check(raw.sqlite3_bind_text(statement, place, "")); // an empty span would be NULL
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(chars.Length);
        if (text.Length < most)
            text = new byte[most];
        Check(raw.sqlite3_bind_text(statement, place, text.AsSpan(0, Encoding.UTF8.GetBytes(chars, text))));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, handle);
}
