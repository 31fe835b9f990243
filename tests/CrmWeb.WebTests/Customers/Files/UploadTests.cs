using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using CrmWeb.WebTests.Common.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Customers;

public sealed class UploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_of_a_refused_file_are_not_kept_and_those_of_a_taken_one_are()
    {
        await using var app = await CrmApp.StartAsync();
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));

        var refused = await UploadAsync(browser, customer, "page.html", "<script>alert(1)</script>"u8.ToArray());
        var disguised = await UploadAsync(browser, customer, "page.txt", "<script>alert(1)</script>"u8.ToArray());
        var noTable = await new Wizard(app, await app.AsAsync(People.Admin)).UploadAsync("zip.csv", [.. "PK\u0003\u0004"u8, .. Enumerable.Range(0, 900).Select(i => (byte)i)]);

        Assert.All([refused, disguised, noTable], page => Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status));
        Assert.Empty(Stored(app));
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(browser, customer, "note.txt", "Hello"u8.ToArray())).Status);
        Assert.Single(Stored(app));
    }

    [Fact]
    public async Task Nobody_stores_more_than_his_share_and_is_told_so()
    {
        await using var app = await CrmApp.StartAsync(("Limits:FilesPerUserMegabytes", "1"));
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));
        var half = Enumerable.Repeat((byte)'x', 600_000).ToArray();

        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(browser, customer, "first.txt", half)).Status);
        var second = await UploadAsync(browser, customer, "second.txt", half);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Contains("one person may store 1 MB", second.Text, StringComparison.Ordinal);
        Assert.Equal("first.txt", await app.ReadAsync(db => db.Set<Attachment>().Select(a => a.Name).SingleAsync(Ct)));
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(await app.AsAsync(People.Manager), customer, "third.txt", half)).Status); // another one's share
        var import = await new Wizard(app, browser).UploadAsync("many.csv", [.. "name\n"u8, .. half]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, import.Status);
    }

    private static async Task<long> CustomerAsync(CrmApp app)
    {
        var customer = new Customer { Name = "Halden" };
        customer.Assign(People.Sales.Id, People.North.Id);
        return (await app.AddAsync(customer)).Id;
    }

    private static async Task<Page> UploadAsync(Browser browser, long customer, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent((await browser.OpenAsync($"/customers/{customer}")).Token!), "__RequestVerificationToken" },
            { new ByteArrayContent(content), "file", name },
        };
        return await browser.SendAsync(new(HttpMethod.Post, $"/customers/{customer}/files") { Content = form });
    }

    private static string[] Stored(CrmApp app) => Directory.Exists(Path.Combine(app.DataPath, "files")) ? Directory.GetFiles(Path.Combine(app.DataPath, "files"), "*", SearchOption.AllDirectories) : [];
}
