using System.Collections;
using System.Data.Common;

namespace CrmWeb.DataTests.TSql;

/// <summary>One row, or none, for every result of a command; its values fit the columns that were asked for.</summary>
internal sealed class SilentReader(AnswerShape shape, Answer answer) : DbDataReader
{
    /// <summary>The version every record of the silent server has.</summary>
    public static readonly Guid Version = Guid.Parse("01930000-0000-7000-8000-000000000001");

    /// <summary>The one before it, which the audit tells of.</summary>
    public static readonly Guid Earlier = Guid.Parse("01920000-0000-7000-8000-000000000001");

    /// <summary>The id every record has.</summary>
    public const long Id = 7;

    private static readonly DateTime Moment = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);
    private bool read;
    private int result;

    public override int FieldCount => shape.Columns.Count;
    public override bool HasRows => answer != Answer.Nothing;
    public override bool IsClosed => false;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        var first = !read;
        read = true;
        return first && answer != Answer.Nothing;
    }

    public override bool NextResult()
    {
        read = false;
        return ++result < shape.Results;
    }

    public override bool IsDBNull(int ordinal) => Column(ordinal).Emptiness switch
    {
        Emptiness.Always => true,
        Emptiness.Optional => answer == Answer.Sparse,
        _ => false,
    };

    public override string GetString(int ordinal) => Column(ordinal).Text;
    public override bool GetBoolean(int ordinal) => answer == Answer.Full;
    public override byte GetByte(int ordinal) => 1;
    public override char GetChar(int ordinal) => 'x';
    public override short GetInt16(int ordinal) => 1;
    public override int GetInt32(int ordinal) => 1;
    public override long GetInt64(int ordinal) => Id;
    public override float GetFloat(int ordinal) => 1;
    public override double GetDouble(int ordinal) => 1;
    public override decimal GetDecimal(int ordinal) => 1;
    public override Guid GetGuid(int ordinal) => Column(ordinal).Name == "VersionBefore" ? Earlier : Version;
    public override DateTime GetDateTime(int ordinal) => Moment;
    public override object GetValue(int ordinal) => Column(ordinal).Text;
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => 0;
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => 0;

    public override T GetFieldValue<T>(int ordinal) => (T)(typeof(T) switch
    {
        var t when t == typeof(DateOnly) => DateOnly.FromDateTime(Moment),
        var t when t == typeof(TimeOnly) => TimeOnly.FromDateTime(Moment),
        var t when t == typeof(DateTimeOffset) => new DateTimeOffset(Moment),
        var t when t == typeof(byte[]) => new byte[] { 1 },
        var t when t == typeof(DateTime) => Moment,
        var t when t == typeof(Guid) => Version,
        var t when t == typeof(long) => Id,
        var t when t == typeof(int) => 1,
        var t when t == typeof(string) => (object)Column(ordinal).Text,
        var t => throw new NotSupportedException($"The silent server has no {t.Name}."),
    });

    public override int GetValues(object[] values)
    {
        for (var i = 0; i < Math.Min(values.Length, shape.Columns.Count); i++)
            values[i] = GetValue(i);
        return Math.Min(values.Length, shape.Columns.Count);
    }

    public override string GetName(int ordinal) => Column(ordinal).Name;
    public override int GetOrdinal(string name) => shape.Columns.Select(c => c.Name).ToList().IndexOf(name);
    public override string GetDataTypeName(int ordinal) => "nvarchar";
    public override Type GetFieldType(int ordinal) => typeof(string);
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    private AnswerColumn Column(int ordinal) => ordinal < shape.Columns.Count ? shape.Columns[ordinal] : AnswerColumn.Unknown;
}
