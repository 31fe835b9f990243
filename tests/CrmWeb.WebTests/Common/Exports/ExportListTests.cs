using System.IO.Compression;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Exports;

/// <summary>Taking a list along as a file.</summary>
public sealed class ExportListTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_as_it_is_filtered_is_saved_as_a_file()
    {
        var mark = await AddAsync("=cmd|' /C calc'!A0", "Halden");
        var browser = await app.AsAsync(People.Marketing);
        var list = await browser.OpenAsync($"/customers?f.industry.is={mark}&cols=name,employees&sort=name&dir=desc");
        var dialog = await browser.OpenAsync(list.Document.QuerySelector(".page-head a[href*='/export']")!.GetAttribute("href")!);

        var file = await dialog.SubmitAsync(("Format", "Csv"), ("Columns", "Shown"));

        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Matches(@"^attachment; filename=customers-\d{4}-\d\d-\d\d\.csv$", file.Header("Content-Disposition")!);
        Assert.Equal("text/csv; charset=utf-8", file.Header("Content-Type"));
        Assert.Contains("no-store", file.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("Name,Employees\r\nHalden,5\r\n'=cmd|' /C calc'!A0,5\r\n", file.Html.TrimStart('\uFEFF'));
        var noted = await app.ReadAsync(db => db.Set<AuditEntry>().Where(a => a.Kind == AuditKind.Exported && a.Changes!.Contains(mark)).SingleAsync(Ct));
        Assert.Equal((People.Marketing.Id, "Customer"), (noted.UserId, noted.RecordType));
        Assert.Contains("\"Rows\":[null,\"2\"]", noted.Changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_holds_all_fields()
    {
        var mark = await AddAsync("Halden");

        var file = await (await app.AsAsync(People.Admin)).PostAsync($"/customers/export?f.industry.is={mark}", ("Format", "Xlsx"), ("Columns", "All"));

        Assert.EndsWith(".xlsx", file.Header("Content-Disposition"), StringComparison.Ordinal);
        await using var package = new ZipArchive(await file.Answer.Content.ReadAsStreamAsync(Ct));
        using var sheet = new StreamReader(package.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync(Ct);
        Assert.Contains(">Halden</t>", xml, StringComparison.Ordinal);
        Assert.Contains(">Tax number</t>", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_export_finds_no_button_and_no_door()
    {
        var browser = await app.AsAsync(People.Sales);

        Assert.False((await browser.OpenAsync("/customers")).Has("a[href*='/export']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.OpenAsync("/customers/export")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/customers/export", ("Format", "Csv"))).Status);
    }

    [Theory]
    [InlineData("?cols=lastTouch", "Csv", "Shown", "Choose all fields")]
    [InlineData("", "Pdf", "Shown", "Pdf")]
    [InlineData("", "7", "Shown", "7")]
    public async Task What_cannot_be_exported_is_told_in_the_form(string query, string format, string columns, string told)
    {
        var page = await (await app.AsAsync(People.Admin)).PostAsync($"/customers/export{query}", ("Format", format), ("Columns", columns));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(told, page.Text, StringComparison.Ordinal);
        Assert.True(page.Has("form[data-file]"));
    }

    private async Task<string> AddAsync(params string[] names)
    {
        var mark = Guid.NewGuid().ToString("N");
        foreach (var name in names)
            await app.AddAsync(new Customer { Name = name, Industry = mark, Employees = 5 });
        return mark;
    }
}
