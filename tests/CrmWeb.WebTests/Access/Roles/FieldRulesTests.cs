using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

/// <summary>Every field that a role can limit, on every page that tells fields: the catalogue says which, so that a new field is looked at too.</summary>
public sealed class FieldRulesTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Customer")]
    [InlineData("Contact")]
    public async Task What_is_hidden_is_on_no_page_and_in_no_file(string name)
    {
        var (type, id) = await TypeWithRecordAsync(name);
        var open = await BrowserAsync(type, _ => FieldRight.Edit);
        var closed = await BrowserAsync(type, f => f.CanHide ? FieldRight.None : FieldRight.Edit);
        var hidden = type.Fields.Where(f => f is { CanHide: true, CanSet: true }).ToList();
        var marks = hidden.ToDictionary(f => f, f => Mark(type, f));

        var (all, left) = (await EverythingAsync(open, type, id), await EverythingAsync(closed, type, id));

        Assert.Empty(marks.Where(m => !all.Contains(m.Value, StringComparison.Ordinal)).Select(m => $"{m.Key.Label} is not even shown to one who may see it"));
        Assert.Empty(marks.Where(m => left.Contains(m.Value, StringComparison.Ordinal)).Select(m => $"{m.Key.Label} is told"));
        Assert.Empty(hidden.Where(f => left.Contains($"name=\"{f.Property}\"", StringComparison.Ordinal)).Select(f => $"{f.Label} is asked for"));
    }

    [Theory]
    [InlineData("Customer")]
    [InlineData("Contact")]
    public async Task A_hidden_field_is_as_unknown_as_one_that_never_was(string name)
    {
        var (type, id) = await TypeWithRecordAsync(name);
        var closed = await BrowserAsync(type, f => f.CanHide ? FieldRight.None : FieldRight.Edit);
        var known = new List<string>();
        foreach (var field in type.Fields.Where(f => f.CanHide))
        {
            if ((await closed.OpenAsync($"/{type.Path}?f.{field.Key}.empty=true")).Status != (await closed.OpenAsync($"/{type.Path}?f.never.empty=true")).Status)
                known.Add($"{field.Key} can be filtered by");
            if ((await closed.OpenAsync($"/{type.Path}?sort={field.Key}")).Status != (await closed.OpenAsync($"/{type.Path}?sort=never")).Status)
                known.Add($"{field.Key} can be sorted by");
            if ((await closed.OpenAsync($"/{type.Path}/{id}/fields/{field.Key}")).Status != HttpStatusCode.NotFound)
                known.Add($"{field.Key} can be changed where it stands");
        }

        Assert.Empty(known);
    }

    [Theory]
    [InlineData("Customer")]
    [InlineData("Contact")]
    public async Task What_may_only_be_read_is_refused_beside_its_field_and_stays_as_it_is(string name)
    {
        var (type, id) = await TypeWithRecordAsync(name);
        var reader = await BrowserAsync(type, f => f.CanLock ? FieldRight.Read : FieldRight.Edit);
        var locked = type.Fields.Where(f => f.CanLock && f.Has(FieldUse.Form)).ToList();
        var before = await ValuesAsync(type, id);
        var form = await reader.OpenAsync($"/{type.Path}/{id}/edit");
        var changed = new List<string>();

        Assert.Empty(locked.Where(f => form.Has($"[name='{f.Property}']")).Select(f => $"{f.Label} can be typed"));
        foreach (var field in locked)
        {
            var answer = await reader.PostAsync($"/{type.Path}/{id}/edit", ("version", form.Value("version")), (field.Property, "Changed"));
            if (answer.Status != HttpStatusCode.UnprocessableEntity || !answer.ErrorFor(field.Property).Contains("read this field only", StringComparison.Ordinal))
                changed.Add($"{field.Label}: {(int)answer.Status} {answer.ErrorFor(field.Property)}");
            if ((await reader.PostPartAsync($"/{type.Path}/{id}/fields/{field.Key}", ("version", form.Value("version")), (field.Property, "Changed"))).Status != HttpStatusCode.NotFound)
                changed.Add($"{field.Label} can be changed where it stands");
        }

        Assert.Empty(changed);
        Assert.Equal(before, await ValuesAsync(type, id));
    }

    [Fact]
    public async Task A_role_is_given_limits_on_its_page_and_its_copy_has_them_too()
    {
        var browser = await app.AsAsync(People.Admin);
        var sales = await app.ReadAsync(db => db.Set<Role>().SingleAsync(r => r.BuiltIn == BuiltInRoles.Sales, Ct));
        var page = await browser.OpenAsync($"/settings/roles/new?from={sales.Id}");

        await browser.PostAsync("/settings/roles",
            [("Name", "Without revenue"), .. page.Document.QuerySelectorAll("select[name=Grants] option[selected]").Select(o => ("Grants", o.GetAttribute("value")!)),
            .. page.Document.QuerySelectorAll("select[name=Fields] option:first-child").Select(o => o.GetAttribute("value")!).Select(v => ("Fields", v.Replace("AnnualRevenue.Edit", "AnnualRevenue.None", StringComparison.Ordinal)))]);

        var role = await app.ReadAsync(db => db.Set<Role>().SingleAsync(r => r.Name == "Without revenue", Ct));
        Assert.Equal([new FieldRule("Customer", "AnnualRevenue", FieldRight.None)], role.Fields);
        page = await browser.OpenAsync($"/settings/roles/{role.Id}");
        Assert.Contains("Of customers they do not see Annual revenue", page.Text, StringComparison.Ordinal);
        Assert.True((await browser.OpenAsync($"/settings/roles/new?from={role.Id}")).Has("option[value='Customer.AnnualRevenue.None'][selected]"));
        page = await browser.PostAsync($"/settings/roles/{role.Id}/preview", ("Version", role.Version.ToString()), ("Name", "Without revenue"), ("Grants", "Customer.View.All"));
        Assert.Contains("Annual revenue: Hidden → Open", page.TextOf(".preview"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_as_user_tells_what_is_closed()
    {
        var role = await app.AddAsync(new Role { Name = "Closed fields", Grants = [new("Customer", RecordAction.View, Scope.All)], Fields = [new("Customer", "Rating", FieldRight.Read)] });
        var person = await People.AddAsync(app, "Clara Closed", role);

        var page = await (await app.AsAsync(People.Admin)).OpenAsync($"/settings/roles/check?Person={person.Id}&Type=Customer");

        Assert.Contains("Of customers they can only read Rating", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Customer.Name.None")]
    [InlineData("Customer.Email.None")]
    [InlineData("Customer.AnnualRevenue.Two")]
    [InlineData("<script>")]
    public async Task A_limit_that_cannot_be_is_said_beside_the_fields(string rule)
    {
        var answer = await (await app.AsAsync(People.Admin)).PostAsync("/settings/roles", ("Name", "Odd limits"), ("Grants", "Customer.View.Own"), ("Fields", rule));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Odd limits"), (answer.Status, answer.Value("Name")));
        Assert.Contains("Choose", answer.ErrorFor("Fields"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_others_share_leaves_out_a_hidden_column_and_goes_where_it_asks_for_one()
    {
        var (type, _) = await TypeWithRecordAsync("Customer");
        await app.DoAsync(async services =>
        {
            services.GetRequiredService<Actor>().ActAs((await services.GetRequiredService<IUserProfiles>().FindAsync(People.Admin.Id, Ct))!, "test");
            var views = services.GetRequiredService<IViewService>();
            await views.AddAsync(type, new("With a column", Audience.Everyone, "cols=name,annualRevenue,city"), Ct);
            await views.AddAsync(type, new("With a condition", Audience.Everyone, "f.annualRevenue.ge=5"), Ct);
        });
        var closed = await BrowserAsync(type, f => f.Key == "annualRevenue" ? FieldRight.None : FieldRight.Edit);

        var page = await closed.OpenAsync("/customers");

        Assert.Contains("With a column", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("With a condition", page.Text, StringComparison.Ordinal);
        page = await closed.OpenAsync(page.Document.QuerySelectorAll("main a").First(a => a.TextContent.Contains("With a column", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("Annual revenue", page.TextOf("thead"), StringComparison.Ordinal);
    }

    /// <summary>One hidden field must not take away what stands beside it, nor break a page.</summary>
    [Theory]
    [InlineData("Customer")]
    [InlineData("Contact")]
    public async Task Each_field_hidden_alone_leaves_the_others(string name)
    {
        var (type, id) = await TypeWithRecordAsync(name);
        var shown = type.Fields.Where(f => f is { CanHide: true, CanSet: true } && Mark(type, f) is var m && !m.StartsWith("name=", StringComparison.Ordinal)).ToList();
        var wrong = new List<string>();
        var role = await RoleAsync(type, _ => FieldRight.Edit);
        var browser = await app.AsAsync(await People.AddAsync(app, $"Fay {Guid.NewGuid():N}"[..20], role));
        foreach (var hidden in type.Fields.Where(f => f.CanHide))
        {
            await app.DoAsync(async services =>
            {
                (await services.GetRequiredService<IRepository<Role>>().GetAsync(role.Id, RecordAction.Edit, Ct)).Fields = [new(type.Name, hidden.Property, FieldRight.None)];
                await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
            });
            var page = await browser.OpenAsync($"/{type.Path}/{id}"); // it holds from the next click
            var text = WebUtility.HtmlDecode(page.Html);
            wrong.AddRange(shown.Where(f => page.Status != HttpStatusCode.OK || text.Contains(Mark(type, f), StringComparison.Ordinal) == (f == hidden)).Select(f => $"without {hidden.Key}: {f.Key} ({(int)page.Status})"));
        }

        Assert.Empty(wrong);
    }

    /// <summary>All that these pages and files say, one after the other.</summary>
    private static async Task<string> EverythingAsync(Browser browser, RecordType type, long id)
    {
        string[] pages =
        [
            .. type.With(FieldUse.List).Select(f => f.Key).Chunk(20).Select(c => $"/{type.Path}?q=zzq{type.Name}&cols={string.Join(',', c)}"),
            $"/{type.Path}/{id}", $"/{type.Path}/{id}/preview", $"/{type.Path}/{id}/edit", $"/{type.Path}/{id}/history", $"/{type.Path}/new", $"/{type.Path}/columns", $"/{type.Path}/totals",
            $"/search?q=zzq{type.Name}", $"/{type.Path}",
        ];
        var said = new List<string>();
        foreach (var page in pages)
        {
            var answer = await browser.OpenAsync(page);
            Assert.Equal((page, HttpStatusCode.OK), (page, answer.Status));
            said.Add(WebUtility.HtmlDecode(answer.Html));
        }
        var file = await browser.PostAsync($"/{type.Path}/export", ("Format", "Csv"), ("Columns", "All"));
        said.Add(await file.Answer.Content.ReadAsStringAsync(Ct));
        return string.Join('\n', said);
    }

    private async Task<(RecordType Type, long Id)> TypeWithRecordAsync(string name)
    {
        RecordType? type = null;
        await app.DoAsync(services => { type = services.GetRequiredService<RecordCatalogue>()[name]; return Task.CompletedTask; });
        Domain.Common.Record record = name == "Customer" ? new Customer { Name = $"Zzqcustomer {Guid.NewGuid():N}" } : new Contact { FamilyName = $"Zzqcontact {Guid.NewGuid():N}" };
        foreach (var field in type!.Fields.Where(f => f is { CanHide: true, CanSet: true }))
            field.Set(record, Value(type, field));
        await (record is Customer customer ? (Task)app.AddAsync(customer) : app.AddAsync((Contact)record));
        return (type, record.Id);
    }

    private static object? Value(RecordType type, Field field)
    {
        var place = type.Fields.ToList().IndexOf(field);
        return field.Kind switch
        {
            FieldKind.Whole => field.Property == "FoundedYear" ? 1801 : 701 + place,
            FieldKind.Number or FieldKind.Money => 88_100_000m + (place * 1_000),
            FieldKind.Day => new DateOnly(1951, 1, 1).AddDays(place),
            FieldKind.Flag => true,
            FieldKind.Choice => Enum.GetValues(field.Choices!).GetValue(Enum.GetValues(field.Choices!).Length - 1),
            FieldKind.Choices => Enum.ToObject(field.Choices!, Enum.GetValues(field.Choices!).Cast<int>().Max()),
            FieldKind.Country => "MG",
            FieldKind.Language => "is",
            FieldKind.Currency => "ISK",
            FieldKind.Tags => new[] { $"zzqtag{place:00}" },
            FieldKind.Addresses => new[] { new Address(AddressKind.Factory, "Zzq street", City: null, Region: null, PostalCode: null, Country: null) },
            _ when field.Property == "TimeZone" => "Asia/Kathmandu",
            _ => $"Zzq text {place:00}",
        };
    }

    /// <summary>How pages write it.</summary>
    private static string Mark(RecordType type, Field field) => Value(type, field) switch
    {
        "MG" => "Madagascar",
        "is" => "Icelandic",
        string text => text,
        string[] tags => tags[0],
        int whole => $">{whole}<", // as all that an element holds: ids and hashes have such digits too
        decimal money => money.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("en-GB")),
        DateOnly day => $"{day.Year}",
        bool => $"name=\"{field.Property}\"",
        Enum => $"name=\"{field.Property}\"",
        _ => "Zzq street",
    };

    private async Task<Browser> BrowserAsync(RecordType type, Func<Field, FieldRight> right) => await app.AsAsync(await People.AddAsync(app, $"Fay {Guid.NewGuid():N}"[..20], await RoleAsync(type, right)));

    private Task<Role> RoleAsync(RecordType type, Func<Field, FieldRight> right)
    {
        string[] types = ["Customer", "Contact", "Activity"];
        return app.AddAsync(new Role
        {
            Name = Guid.NewGuid().ToString("N"),
            Grants = [.. types.SelectMany(t => Enum.GetValues<RecordAction>().Select(a => new Grant(t, a, Scope.All))), new("User", RecordAction.View, Scope.All), new("Team", RecordAction.View, Scope.All)],
            Fields = [.. type.Fields.Select(f => new FieldRule(type.Name, f.Property, right(f))).Where(f => f.Right != FieldRight.Edit)],
        });
    }

    private async Task<string> ValuesAsync(RecordType type, long id) => await app.ReadAsync(async db =>
    {
        Domain.Common.Record record = type.Name == "Customer" ? await db.Set<Customer>().SingleAsync(c => c.Id == id, Ct) : await db.Set<Contact>().SingleAsync(c => c.Id == id, Ct);
        return string.Join('\n', type.Fields.Where(f => f.IsOwn).Select(f => $"{f.Key}: {FieldText.Write(f.Get(record))}"));
    });
}
