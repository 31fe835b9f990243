using System.Net;
using System.Text;
using CrmWeb.Data.Common;
using CrmWeb.Data.Sqlite;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common.Imports;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Records;

/// <summary>A new record type has every mechanism of the product from its catalogue entry: what <see cref="Gadget"/> says, and nothing else.</summary>
public sealed class NewTypeTests(GadgetApp app) : IClassFixture<GadgetApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_made_by_a_form_that_knows_its_rules()
    {
        var browser = await app.OwnerAsync();
        var form = await browser.OpenAsync("/gadgets/new");

        var refused = await form.SubmitAsync(("Name", ""), ("Price", "12.5x"), ("Colour", "Blue"));
        var made = await refused.SubmitAsync(("Name", "Formed"), ("Price", "12.5"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Blue"), (refused.Status, refused.Value("Colour")));
        Assert.NotEqual("", refused.ErrorFor("Name"));
        Assert.NotEqual("", refused.ErrorFor("Price"));
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        var stored = await app.ReadAsync(db => db.Set<Gadget>().SingleAsync(g => g.Name == "Formed", Ct));
        Assert.Equal((12.5m, GadgetColour.Blue, app.Owner.Id, People.North.Id), (stored.Price, stored.Colour, stored.OwnerId, stored.OwnerTeamId));
    }

    [Fact]
    public async Task It_has_a_list_with_filters_orders_quick_search_and_its_own_views()
    {
        var browser = await app.OwnerAsync();
        await app.AddAsync(("Listed one", GadgetColour.Red, 30), ("Listed two", GadgetColour.Green, 10), ("Listed three", GadgetColour.Red, 20));

        Assert.Equal(["Listed one", "Listed three"], Names(await browser.OpenAsync("/gadgets?view=red")).Where(n => n.StartsWith("Listed", StringComparison.Ordinal)));
        Assert.Equal(["Listed two", "Listed three", "Listed one"], Names(await browser.OpenAsync("/gadgets?view=all&q=isted&sort=price")));
        Assert.Equal(["Listed two"], Names(await browser.OpenAsync("/gadgets?view=all&q=isted&f.price.le=15")));
        var first = await browser.OpenAsync("/gadgets?view=all&q=isted&size=2&sort=price&dir=desc");
        Assert.Equal(["Listed one", "Listed three"], Names(first));
        Assert.Equal(["Listed two"], Names(await browser.OpenAsync(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!)));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/gadgets/columns?view=all")).Status);
        Assert.Contains("3", (await browser.FetchAsync("/gadgets/totals?view=all&q=isted")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.AsAsync(People.Sales)).OpenAsync("/gadgets")).Status);
    }

    [Fact]
    public async Task A_list_of_it_is_kept_under_a_name()
    {
        var browser = await app.OwnerAsync();
        await app.AddAsync(("Kept cheap", GadgetColour.Blue, 1), ("Kept dear", GadgetColour.Blue, 100));

        var kept = await browser.PostAsync("/views/Gadget", ("Name", "Cheap ones"), ("Audience", "Me"), ("Query", "f.name.has=Kept&f.price.le=15"));

        var list = await browser.OpenAsync(kept.Location!);
        Assert.StartsWith("Cheap ones", list.TextOf(".views [aria-current]"), StringComparison.Ordinal);
        Assert.Equal(["Kept cheap"], Names(list));
    }

    [Fact]
    public async Task Many_are_changed_at_once_and_taken_back()
    {
        var browser = await app.OwnerAsync();
        await app.AddAsync(("Many one", GadgetColour.Red, 1), ("Many two", GadgetColour.Green, 2), ("Many three", GadgetColour.Red, 3));
        await (await browser.OpenAsync("/gadgets?view=all&q=Many")).SubmitAsync("#picks", ("All", "true"));

        var dialog = await browser.OpenAsync("/gadgets/bulk/fields?view=all&q=Many");
        var done = await browser.VisitAsync((await dialog.SubmitAsync(("set", "colour"), ("Colour", "Blue"))).Location!);

        Assert.Equal([GadgetColour.Blue, GadgetColour.Blue, GadgetColour.Blue], await ColoursAsync("Many"));
        await browser.PostAsync(done.Document.QuerySelector(".toast form")!.GetAttribute("action")!);
        Assert.Equal([GadgetColour.Red, GadgetColour.Green, GadgetColour.Red], await ColoursAsync("Many"));
    }

    [Fact]
    public async Task It_is_imported_from_a_file_a_second_time_nothing_and_exported_again()
    {
        var browser = await app.OwnerAsync();
        var (wizard, file) = (new Wizard(app, browser), Encoding.UTF8.GetBytes("name,colour,price\nImported one,Red,1.5\nImported two,Mauve,2\n,Red,3\nImported four,Blue,x\n"));

        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("gadgets.csv", file, "Gadget")).Location!));
        await wizard.RunAsync(check);
        var again = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("gadgets.csv", file, "Gadget")).Location!));
        var export = await (await browser.OpenAsync("/gadgets/export?view=all&q=Imported")).SubmitAsync();

        Assert.Equal(["1", "0", "0", "3"], Wizard.Numbers(check));
        Assert.Equal(["0", "0", "1", "3"], Wizard.Numbers(again));
        Assert.Contains("Imported one", export.Html, StringComparison.Ordinal);
        Assert.Equal(2, export.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task It_is_found_changed_in_place_told_by_its_history_and_goes_to_the_trash_and_back()
    {
        var browser = await app.OwnerAsync();
        var id = (await app.AddAsync(("Zweihorn 测试", GadgetColour.Red, 1)))[0];
        var version = await app.ReadAsync(db => db.Set<Gadget>().Where(g => g.Id == id).Select(g => g.Version).SingleAsync(Ct));

        foreach (var text in new[] { "eihor", "测试", "ceshi" })
            Assert.True((await browser.OpenAsync($"/search?q={text}")).Has($"main a[href='/gadgets/{id}']"), text);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync($"/gadgets/{id}/fields/price", ("version", version.ToString()), ("Price", "7"))).Status);
        var history = await browser.OpenAsync($"/gadgets/{id}/history");
        version = await app.ReadAsync(db => db.Set<Gadget>().Where(g => g.Id == id).Select(g => g.Version).SingleAsync(Ct));
        await browser.PostAsync($"/gadgets/{id}/deletion", ("version", version.ToString()));

        Assert.True(history.Has($"form[action^='/gadgets/{id}/history/']"), "its former price can be put back");
        Assert.Empty(Names(await browser.OpenAsync("/gadgets?view=all&q=Zweihorn")));
        Assert.Contains("Zweihorn", (await browser.OpenAsync("/trash")).Text, StringComparison.Ordinal);
        await browser.PostAsync($"/trash/Gadget/{id}/restoration");
        Assert.Equal(["Zweihorn 测试"], Names(await browser.OpenAsync("/gadgets?view=all&q=Zweihorn")));
        Assert.Equal(4, await app.ReadAsync(db => db.Set<AuditEntry>().CountAsync(a => a.RecordId == id, Ct))); // made, changed, deleted, restored
    }

    private static IReadOnlyList<string> Names(Page list) => [.. list.Document.QuerySelectorAll("#rows tr[data-id] .cell-name a").Select(a => a.TextContent.Trim())];

    private Task<List<GadgetColour?>> ColoursAsync(string mark) =>
        app.ReadAsync(db => db.Set<Gadget>().Where(g => g.Name.StartsWith(mark)).OrderBy(g => g.Id).Select(g => g.Colour).ToListAsync(Ct));
}

/// <summary>The app with one record type more, and a person who may do everything with it.</summary>
public sealed class GadgetApp() : CrmApp(withPeople: true), IAsyncLifetime
{
    private long nextId = 900_000; // the product itself may not make gadgets, so nobody reserves ids for it

    public User Owner { get; private set; } = null!;

    public Task<Browser> OwnerAsync() => AsAsync(Owner);

    public async Task<IReadOnlyList<long>> AddAsync(params (string Name, GadgetColour Colour, decimal Price)[] gadgets)
    {
        var rows = gadgets.Select(g => new Gadget { Name = g.Name, Colour = g.Colour, Price = g.Price }).ToList();
        await DoAsync(services =>
        {
            var db = services.GetRequiredService<CrmDb>();
            foreach (var gadget in rows)
            {
                gadget.Identify(Interlocked.Increment(ref nextId));
                gadget.Assign(Owner.Id, People.North.Id);
                db.Add(gadget);
            }
            return db.SaveAsync(CancellationToken.None);
        });
        return [.. rows.Select(g => g.Id)];
    }

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await DoAsync(async services => // what a migration does for a real type
        {
            var db = services.GetRequiredService<CrmDb>();
            var (model, all) = (db.GetService<IDesignTimeModel>().Model, db.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, db.GetService<IDesignTimeModel>().Model.GetRelationalModel()));
            foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate([.. all.Where(o => o is Microsoft.EntityFrameworkCore.Migrations.Operations.ITableMigrationOperation { Table: "Gadgets" })], model))
                await db.Database.ExecuteSqlRawAsync(command.CommandText);
            await db.Database.ExecuteSqlRawAsync(SqliteSearch.Triggers("Gadgets", db.Model.FindEntityType(typeof(Gadget))!.SearchPlace));
        });
        var may = Enum.GetValues<RecordAction>().SelectMany(a => new[] { new Grant(nameof(Gadget), a, Scope.All), new Grant("ImportRun", a, Scope.Own) });
        var role = await AddAsync(new Role { Name = "Keeper of gadgets", Grants = [.. may, new("User", RecordAction.View, Scope.All), new("Team", RecordAction.View, Scope.All)] });
        Owner = await People.AddAsync(this, "Greta Gadget", role);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<RecordType, GadgetType>().AddControllers().AddApplicationPart(typeof(Gadget).Assembly);
            services.ConfigureDbContext<CrmDb>(db => db.ReplaceService<IModelCustomizer, WithGadgets>().ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning)));
        });
    }

    private sealed class WithGadgets(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            modelBuilder.ApplyConfiguration(new GadgetConfiguration());
            base.Customize(modelBuilder, context);
        }
    }
}
