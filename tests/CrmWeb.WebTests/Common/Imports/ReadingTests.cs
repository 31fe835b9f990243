using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.UnitTests.Common.Imports;
using Microsoft.EntityFrameworkCore;
using static CrmWeb.UnitTests.Common.Imports.TestWorkbook;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>How a file is read is shown where its columns are matched, and can be changed there.</summary>
public sealed class ReadingTests
{
    private const string Format = "button[formaction$='/format']";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workbook_goes_in_from_the_sheet_that_is_chosen_and_its_cells_are_what_they_were()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        await (await browser.OpenAsync("/account")).SubmitAsync("main form[action='/account']", ("Format", "de-DE")); // in whose format 1234.5 would be another number
        var book = new TestWorkbook().Sheet("Notes", Rows(["Read me"], ["Not for import"]))
            .Sheet("客户", $"<row>{Text("公司名称")}{Text("电话")}{Text("年收入")}{Text("自")}</row><row>{Text("上海恒德仪器有限公司")}<c><v>2155550180</v></c><c><v>1234.5</v></c><c s=\"1\"><v>45356</v></c></row><row>{Text("坏行")}{Text("x")}<c t=\"e\"><v>#REF!</v></c><c/></row>")
            .Styles("yyyy\"年\"m\"月\"d\"日\"").Bytes();
        var first = await browser.OpenAsync((await wizard.UploadAsync("book.xlsx", book, mediaType: "application/octet-stream")).Location!);

        var match = await first.PressAsync(Format, ("Sheet", "客户"));
        var check = await wizard.CheckAsync(match, ("Field[0]", "name"), ("Field[1]", "phone"), ("Field[2]", "annualRevenue"), ("Field[3]", "description"));
        var result = await wizard.RunAsync(check);

        Assert.Equal(["Notes", "客户"], first.Document.QuerySelectorAll("select[name=Sheet] option").Select(o => o.TextContent));
        Assert.Contains("2024-03-05", match.Text, StringComparison.Ordinal);
        Assert.Equal(["1", "0", "0", "1"], Wizard.Numbers(result));
        Assert.Contains("#REF!", result.Text, StringComparison.Ordinal);
        var stored = await app.ReadAsync(db => db.Set<Customer>().SingleAsync(Ct));
        Assert.Equal(("上海恒德仪器有限公司", 1234.5m, "2024-03-05"), (stored.Name, stored.AnnualRevenue!.Value, stored.Description!));
    }

    [Fact]
    public async Task What_was_matched_stays_when_the_file_is_read_in_another_way()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var address = (await wizard.UploadAsync("firms.csv", [0xC5, 0x6B, .. ";city;x\nHalden;Bergen;7\n"u8])).Location!; // Åk in windows-1252

        var read = await (await browser.OpenAsync(address)).PressAsync(Format, ("Encoding", "windows-1252"), ("Field[0]", "name"), ("Field[2]", "employees"), ("Factor[2]", "2"), ("OnMatch", "Overwrite"));
        var again = await browser.OpenAsync(address);
        var headless = await again.PressAsync(Format, ("HasHeader", "false"));

        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal(["Åk", "city", "x"], read.Document.QuerySelectorAll("main th[scope=row]").Select(h => h.TextContent));
        Assert.Equal(("name", "city", "employees", "2"), (read.Value("Field[0]"), read.Value("Field[1]"), read.Value("Field[2]"), read.Value("Factor[2]")));
        Assert.Equal("Overwrite", read.Value("OnMatch")); // not saved yet, and kept
        Assert.Equal(("city", "employees"), (again.Value("Field[1]"), again.Value("Field[2]"))); // nothing lost on reload
        Assert.Equal(("city", "employees", "Column 3"), (headless.Value("Field[1]"), headless.Value("Field[2]"), headless.Document.QuerySelectorAll("main th[scope=row]")[2].TextContent));
    }

    [Fact]
    public async Task What_was_changed_and_not_read_again_is_shown_before_anything_is_checked()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var match = await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name;city|x\nHalden;Bergen|7\n"u8.ToArray())).Location!);

        var shown = await match.SubmitAsync("form[action$='/match']", ("Delimiter", "bar"));

        Assert.Equal(["name;city", "x"], shown.Document.QuerySelectorAll("main th[scope=row]").Select(h => h.TextContent));
    }

    [Fact]
    public async Task A_way_in_which_it_cannot_be_read_is_refused_and_everything_typed_stays()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var wide = string.Join('|', Enumerable.Range(1, 250).Select(i => $"c{i}"));
        var match = await browser.OpenAsync((await wizard.UploadAsync("firms.csv", System.Text.Encoding.UTF8.GetBytes($"name;{wide}\nHalden;Bergen\nOslo AB;Oslo\n"))).Location!);

        var refused = await match.PressAsync(Format, ("Delimiter", "bar"), ("Field[0]", "name"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "bar", "name"), (refused.Status, refused.Value("Delimiter"), refused.Value("Field[0]")));
        Assert.Contains("250 columns", refused.Text, StringComparison.Ordinal);
    }
}
