using System.Globalization;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.BrowserTests.Common;

/// <summary>Addresses of all pages there are, with records and an import behind them.</summary>
internal static class EveryPage
{
    public static IReadOnlyList<string> OfTheSignedOut { get; } = ["/sign-in", "/password/forgotten", "/password/reset?id=1&code=x"];

    private static readonly string[] Fixed =
    [
        "/today", "/customers", "/customers?q=every", "/customers?q=zzzzqq", "/customers?add.field=lastTouch", "/customers?f.country.is=SE&f.country.is=FI&f.country.is=NO",
        "/customers/columns", "/customers/bulk/owner?view=all", "/contacts/bulk/fields?view=all", "/customers/bulk/deletion?view=all", "/customers/totals", "/customers?f.industry.has=a&add.field=industry&add.op=has&add.was=f.industry.has", "/customers?f.industry.has=a&add.or=f.industry.has", "/views/Customer/new", "/customers/new", "/contacts", "/contacts/new", "/activities", "/activities/new",
        "/activities/log?kind=Call", "/search", "/search?q=every", "/imports", "/imports/new", "/trash", "/notifications", "/account", "/settings/users", "/settings/users/new", "/settings/roles", "/settings/roles/check", "/settings/teams", "/settings/teams/new", "/settings/roles/10", "/settings/roles/new?from=12", "/settings/audit", "/settings/audit?kind=Changed", "/settings/outbox", "/settings/outbox?state=Failed", "/settings/jobs", "/settings/jobs/outbox", "/nowhere",
    ];

    private static readonly string[] Tags = ["key account"];

    /// <summary>For an administrator.</summary>
    public static async Task<IReadOnlyList<string>> AddressesAsync(Chromium chromium)
    {
        var ct = TestContext.Current.CancellationToken;
        var (customer, contact, activity) = await chromium.App.DoAsync(async services =>
        {
            var other = await services.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Every Parent AB" }, ct);
            var id = await services.GetRequiredService<IRecordService<Customer>>().CreateAsync(new()
            {
                ["name"] = "Every Page AB",
                ["city"] = "Luleå",
                ["country"] = "SE",
                ["phone"] = "+46 31 555 01 80",
                ["parent"] = other,
                ["tags"] = Tags,
                ["annualRevenue"] = 12.5m,
            }, ct);
            var person = await services.GetRequiredService<IRecordService<Contact>>().CreateAsync(new() { ["familyName"] = "Page", ["customer"] = id, ["email"] = $"page-{Guid.NewGuid():N}@every.example" }, ct);
            return (id, person, await services.GetRequiredService<IRecordService<Activity>>().CreateAsync(new() { ["subject"] = "Every call", ["customer"] = id, ["kind"] = ActivityKind.Call }, ct));
        });
        var file = await chromium.App.DoAsync(services => services.GetRequiredService<IAttachmentService>().AddAsync(customer, "every.txt", new MemoryStream("Every file"u8.ToArray()), ct));
        await People.AddAsync(chromium.App, "Long Address", BuiltInRoles.Sales);
        await chromium.App.Anonymous().PostAsync("/password/forgotten", ("Email", People.ReadOnly.Email!));
        var mail = await chromium.App.ReadAsync(db => db.Set<OutboxMessage>().Select(m => m.Id).FirstAsync(ct));
        return
        [
            .. Fixed,
            At("customers", customer), At("customers", customer, "/edit"), At("customers", customer, "/lifecycle"), At("customers", customer, "/owner"), At("customers", customer, "/shares"), At("customers", customer, "/history"), At("customers", customer, "/preview"), At("files", file, "/details"),
            $"/consents/new?customerId={customer}", $"/relationships/new?customerId={customer}",
            At("contacts", contact), At("contacts", contact, "/edit"), At("contacts", contact, "/employer"), At("activities", activity), At("activities", activity, "/edit"),
            At("settings/users", People.Sales.Id), At("settings/users", People.Sales.Id, "/deactivation"), $"/settings/users/move?id={People.Sales.Id}&id={People.Other.Id}", At("settings/teams", People.North.Id), $"/settings/roles/check?Person={People.Sales.Id}&Type=Customer&Record={customer}", At("settings/outbox", mail), .. await ImportAsync(chromium), await BulkAsync(chromium),
        ];
    }

    /// <summary>The steps of an import that was checked and run.</summary>
    private static async Task<IReadOnlyList<string>> ImportAsync(Chromium chromium)
    {
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync("/imports/new?type=Customer");
        await page.SetInputFilesAsync("#File", new Microsoft.Playwright.FilePayload { Name = "every.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes($"Name\nEvery {Guid.NewGuid()}\n,broken\n") }); // a new one each time: a second one would only be skipped
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync("**/match");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync("**/check");
        await page.WaitForSelectorAsync("#progress[data-reload=done]");
        var import = new Uri(page.Url).AbsolutePath.Replace("/check", "", StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.ClickAsync(".form-foot form .btn-primary");
        await page.WaitForURLAsync("**/result");
        await page.WaitForSelectorAsync("#progress[data-reload=done]");
        return [$"{import}/match", $"{import}/result", $"{import}/undo"];
    }

    /// <summary>What came of something done with many records, of which one was left.</summary>
    private static Task<string> BulkAsync(Chromium chromium) => chromium.App.DoAsync(async services =>
    {
        var ct = TestContext.Current.CancellationToken;
        services.GetRequiredService<Actor>().ActAs((await services.GetRequiredService<IUserProfiles>().FindAsync(People.Admin.Id, ct))!, "test");
        var (type, selections) = (services.GetRequiredService<RecordCatalogue>().Of<Customer>(), services.GetRequiredService<ISelectionService>());
        var list = await services.GetRequiredService<IViewService>().ReadAsync(type, [KeyValuePair.Create("view", "quiet")], ct);
        long[] ids = [7, await services.GetRequiredService<IRepository<Customer>>().Query().Select(c => c.Id).FirstAsync(ct)];
        var chosen = await selections.ChooseAsync(type, list, ids, ids, ct);
        var run = await services.GetRequiredService<IBulkService>().RunAsync(type, list, new(BulkAction.Tag, []) { AddTags = ["every"] }, chosen.Version, ct);
        return At("bulk", run.Id);
    });

    private static string At(string path, long id, string page = "") => string.Create(CultureInfo.InvariantCulture, $"/{path}/{id}{page}");
}
