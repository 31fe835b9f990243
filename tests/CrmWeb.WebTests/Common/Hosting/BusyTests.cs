using System.Net;
using CrmWeb.Domain.Customers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>While another program writes and does not end, a save is given up after a while, with everything typed at hand; reading goes on.</summary>
public sealed class BusyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_that_finds_no_turn_is_said_and_what_was_typed_is_sent_again()
    {
        var data = Directory.CreateTempSubdirectory("crmweb-busy-").FullName;
        await using (var app = await CrmApp.StartAsync(("Data:Path", data)))
        {
            var browser = await app.AsAsync(People.Admin);
            browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin"); // as a browser says of our own form
            var form = await browser.OpenAsync("/customers/new");
            await using var other = new SqliteConnection($"Data Source={Path.Combine(data, "crm.db")};Pooling=false");
            await other.OpenAsync(Ct);
            await using var lasting = other.BeginTransaction();

            var refused = await form.SubmitAsync(("Name", "Halden Robotics"), ("City", "Halden"));
            var list = await browser.OpenAsync("/customers");
            await lasting.RollbackAsync(Ct);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "The system is busy", HttpStatusCode.OK), (refused.Status, refused.Title, list.Status));
            Assert.Contains("Halden Robotics", refused.Text, StringComparison.Ordinal);
            Assert.Equal(0, await app.ReadAsync(db => db.Set<Customer>().CountAsync(Ct)));
            Assert.Equal(HttpStatusCode.Redirect, (await refused.SubmitAsync()).Status);
            Assert.Equal(1, await app.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.City == "Halden", Ct)));
        }
        Directory.Delete(data, recursive: true);
    }
}
