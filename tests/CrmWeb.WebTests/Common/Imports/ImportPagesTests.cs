using System.Net;
using CrmWeb.Domain.Customers;

namespace CrmWeb.WebTests.Common.Imports;

public sealed class ImportPagesTests(CrmApp app)
{
    [Fact]
    public async Task By_what_a_record_is_recognised_is_chosen_and_something_must_be()
    {
        await using var own = await CrmApp.StartAsync();
        await own.AddAsync(new Customer { Name = "Halden", Email = "info@halden.example" });
        var (wizard, browser) = (await Wizard.OpenAsync(own), await own.AsAsync(People.Admin));
        var sent = await wizard.UploadAsync("firms.csv", "name,email\nHalden,other@halden.example\n"u8.ToArray());
        var match = await browser.OpenAsync(sent.Location!);

        var nothing = await match.SubmitAsync("form[action$='/match']", ("MatchBy", ""));
        var byEmail = await wizard.CheckAsync(match, ("MatchBy", "Email"));
        var byAll = await wizard.CheckAsync(match);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.Status);
        Assert.Equal(["1", "0", "0", "0"], Wizard.Numbers(byEmail));
        Assert.Equal(["0", "0", "1", "0"], Wizard.Numbers(byAll));
    }

    [Fact]
    public async Task Another_ones_import_is_not_there()
    {
        var wizard = await Wizard.OpenAsync(app);
        await wizard.UploadAsync("crm-sales/accounts.csv");
        var (id, other) = (await wizard.NewestAsync(), await app.AsAsync(People.Sales));

        foreach (var step in new[] { "", "/match", "/check", "/result", "/progress", "/rejects" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync($"/imports/{id}{step}")).Status);
    }
}
