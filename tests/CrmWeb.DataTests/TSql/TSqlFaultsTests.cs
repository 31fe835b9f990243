using CrmWeb.DataTests.Common;

namespace CrmWeb.DataTests.TSql;

/// <summary>The control: each kind of fault is found where it is, and nothing is found where there is none.</summary>
public sealed class TSqlFaultsTests
{
    [Theory]
    [InlineData("SELECT [Id] [FROM Customers WHERE")]
    [InlineData("SELECT [Id] FROM [Customers] LIMIT 5")]
    [InlineData("SELECT c.Id FROM Customers AS c WHERE c.IsActive")]
    [InlineData("INSERT INTO Customers VALUES (1, 2")]
    public void The_parser_refuses_what_is_no_TSql(string sql) => Assert.NotEmpty(TSqlFaults.In(sql));

    [Theory]
    [InlineData("130", "SELECT SUM((SELECT COUNT(*) FROM B AS b WHERE b.AId = a.Id)) FROM A AS a")]
    [InlineData("130", "SELECT COUNT(CASE WHEN EXISTS (SELECT 1 FROM B AS b WHERE b.AId = a.Id) THEN 1 END) FROM A AS a")]
    [InlineData("130", "SELECT MAX(SUM(a.X)) FROM A AS a")]
    [InlineData("164", "SELECT COUNT(*) FROM A AS a GROUP BY N''")]
    [InlineData("164", "SELECT COUNT(*) FROM A AS a GROUP BY @p")]
    [InlineData("1008", "SELECT a.X FROM A AS a ORDER BY @p")]
    [InlineData("8115", "SELECT CAST(a.X AS decimal(18,2)) FROM A AS a")]
    public void What_only_the_compiler_would_refuse_is_found_too(string error, string sql) => Assert.Contains($"Error {error}", TSqlFaults.In(sql)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT COUNT(*) FROM (SELECT TOP(10001) c.Id FROM Customers AS c) AS t")]
    [InlineData("SELECT c.Currency, SUM(c.AnnualRevenue) FROM Customers AS c GROUP BY c.Currency ORDER BY c.Currency")]
    [InlineData("SELECT (SELECT COUNT(*) FROM B AS b WHERE b.AId = a.Id) FROM A AS a ORDER BY (SELECT 1)")]
    [InlineData("SELECT CAST(a.X AS decimal(19,4)), ROW_NUMBER() OVER (PARTITION BY a.Y ORDER BY a.Z) FROM A AS a")]
    public void What_is_right_passes(string sql) => Expect.Nothing(TSqlFaults.In(sql));
}
