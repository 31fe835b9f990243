using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Kills;

/// <summary>What is half there is found: the kill tests rely on it.</summary>
public sealed class SoundnessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_thing_that_goes_with_a_record_is_missed()
    {
        await using var app = await CrmApp.StartAsync();
        var customer = await app.AddAsync(new Customer { Name = "Halden Werk", Email = "a@halden.example" });
        Assert.Empty(await app.ReadAsync(db => Soundness.FaultsAsync(db, Ct)));

        foreach (var (damage, fault) in Damages)
        {
            var found = await app.ReadAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Ct); // never committed
                Assert.NotEqual(0, await db.Database.ExecuteSqlRawAsync(damage, [customer.Id], Ct));
                return await Soundness.FaultsAsync(db, Ct);
            });
            Assert.Contains(found, f => f.StartsWith(fault, StringComparison.Ordinal));
        }
    }

    private static readonly (string Damage, string Fault)[] Damages =
    [
        ("DELETE FROM Audit WHERE RecordId = {0}", "the version of a Customer is not in the audit"),
        ("INSERT INTO Audit (Id, At, Kind, RecordType, RecordId, VersionAfter) VALUES (987654321, '2026-01-01', 'Created', 'Customer', {0} + 500000, '00000000-0000-0000-0000-000000000001')", "the audit knows a Customer that is not there"),
        ("UPDATE Customers SET Version = '00000000-0000-0000-0000-000000000001' WHERE Id = {0}", "a version of a Customer led to none"),
        ("DELETE FROM Timeline WHERE CustomerId = {0}", "a customer has not one line that it was created"),
        ("INSERT INTO Audit (Id, At, Kind, RecordType, RecordId) VALUES (987654321, '2026-01-01', 'Changed', 'Customer', {0})", "a customer has not one line for each change"),
        ("DELETE FROM CustomerFigures WHERE CustomerId = {0}", "a customer has no figures"),
        ("DELETE FROM MatchKeys WHERE RecordId = {0}", "the match keys of a Customer"),
        ("DELETE FROM SearchIndex WHERE rowid IN (SELECT rowid FROM SearchIndex WHERE SearchIndex MATCH 'halden werk') AND {0} > 0", "a Customer cannot be found"),
    ];
}
