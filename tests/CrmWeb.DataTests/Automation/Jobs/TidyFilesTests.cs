using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.DataTests.Automation;

public sealed class TidyFilesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_night_content_goes_that_no_row_refers_to()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        var customer = new Customer { Name = "Halden" };
        scope.Repository<Customer>().Add(customer);
        await scope.SaveAsync();
        var files = scope.Get<IAttachmentService>();
        var (attached, inTrash) = (await files.AddAsync(customer.Id, "offer.txt", Content("an offer"), Ct), await files.AddAsync(customer.Id, "old.txt", Content("an old offer"), Ct));
        await files.ReplaceAsync(attached, (await files.ShowAsync(attached, Ct)).Version, "offer.txt", Content("a better offer"), Ct);
        var imported = await scope.Get<IImportService>().StartAsync("Customer", "firms.csv", Content("name\nHalden\n"), Ct);
        (await scope.Repository<Attachment>().GetAsync(inTrash, RecordAction.Delete, Ct)).Delete(database.Clock.Utc, by: null);
        await scope.SaveAsync();
        var orphan = await OrphanAsync(scope);
        foreach (var file in Directory.EnumerateFiles(database.Files, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, database.Clock.Utc.AddHours(-25));

        var removed = await scope.Get<IEnumerable<IScheduledJob>>().Single(j => j.Name == "tidy").RunAsync(Ct);

        Assert.Equal(1, removed);
        Assert.Equal(0, scope.Get<IFileStore>().SizeOf(orphan));
        Assert.Equal(4, Directory.EnumerateFiles(database.Files, "*", SearchOption.AllDirectories).Count());
        await using var content = (await files.OpenAsync(attached, number: 1, Ct)).Content;
        Assert.Equal(8, content.Length);
        Assert.True((await scope.Get<IImportService>().ShowAsync(imported, Ct)).HasFile);
    }

    private static async Task<string> OrphanAsync(TestScope scope)
    {
        using var arrived = await scope.Get<IFileStore>().ReceiveAsync(Content("refused after it was kept"), 100, Ct);
        arrived.Keep();
        return arrived.Hash;
    }

    private static MemoryStream Content(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
