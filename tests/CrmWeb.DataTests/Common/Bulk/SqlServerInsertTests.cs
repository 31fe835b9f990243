using System.Data;
using CrmWeb.Data.SqlServer;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.DataTests.Common.Bulk;

/// <summary>What is handed to bulk copy, which no parser sees: every column of the table, in a type SQL Server takes.</summary>
public sealed class SqlServerInsertTests
{
    private static readonly Type[] Taken = [typeof(long), typeof(int), typeof(bool), typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(byte[]), typeof(DateTimeOffset)];

    [Fact]
    public void Every_column_of_every_table_is_there_but_those_the_server_fills()
    {
        using var db = new DesignTimeFactory().CreateDbContext([]);
        var types = db.Model.GetEntityTypes().Where(t => t.ClrType.Namespace!.StartsWith("CrmWeb.", StringComparison.Ordinal)).ToList();

        Assert.True(types.Count > 15, "hardly any table was found");
        foreach (var type in types)
        {
            using var table = SqlServerInsert.Table(type, []);
            Assert.Equal(
                type.GetProperties().Where(p => !(p.IsPrimaryKey() && p.ValueGenerated == ValueGenerated.OnAdd)).Select(p => p.GetColumnName()).Order(StringComparer.Ordinal),
                table.Columns.Cast<DataColumn>().Select(c => c.ColumnName).Order(StringComparer.Ordinal));
            Assert.All(table.Columns.Cast<DataColumn>(), c => Assert.Contains(c.DataType, Taken));
        }
    }

    [Fact]
    public void Values_are_those_that_are_stored()
    {
        using var db = new DesignTimeFactory().CreateDbContext([]);
        var activity = new Activity { Kind = ActivityKind.Visit, Subject = "仪器", DueOn = new(2026, 3, 9), StartAt = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc), Reminders = [5, 60], IsPromise = true };

        using var table = SqlServerInsert.Table(db.Model.FindEntityType(typeof(Activity))!, [activity]);

        var row = Assert.Single(table.Rows.Cast<DataRow>());
        Assert.Equal(
            new object?[] { "Visit", "仪器", new DateTime(2026, 3, 9), activity.StartAt, "[5,60]", true, DBNull.Value },
            [row["Kind"], row["Subject"], row["DueOn"], row["StartAt"], row["Reminders"], row["IsPromise"], row["EndAt"]]);
    }
}
