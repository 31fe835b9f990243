using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;

namespace CrmWeb.WebTests.Access.Audit;

/// <summary>The page of the audit: filtered, paged, leading to the records.</summary>
public sealed class AuditPageTests(CrmApp app)
{
    [Fact]
    public async Task What_a_person_did_with_a_record_is_found_by_its_number_and_leads_there()
    {
        var sales = await app.AsAsync(People.Sales);
        var id = (await app.AddAsync(new Customer { Name = "Audited AB" })).Id;
        var admin = await app.AsAsync(People.Admin);
        await (await admin.OpenAsync($"/customers/{id}/edit")).SubmitAsync(("City", "Oslo"), ("Rating", "A"));
        var number = (await admin.OpenAsync($"/customers/{id}")).TextOf(".subline .muted");

        var page = await (await admin.OpenAsync("/settings/audit")).SubmitGetAsync(("Record", number), ("Kind", "Changed"), ("Person", $"{People.Admin.Id}"), ("FromOn", ""));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var line = Assert.Single(page.Document.QuerySelectorAll(".tl-item"));
        Assert.StartsWith("Ada Admin · Changed · Customer Audited AB", string.Join(' ', line.QuerySelector(".tl-head")!.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal($"/customers/{id}", line.QuerySelector(".tl-head a")!.GetAttribute("href"));
        Assert.Equal("2 fields: City, Rating", line.QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal(["None → Oslo", "None → A"], line.QuerySelectorAll(".changes dd").Select(d => d.TextContent.Trim()));
        Assert.Equal(number, page.Value("Record"));
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.OpenAsync("/settings/audit")).Status);
    }

    [Fact]
    public async Task Sign_ins_are_there_too()
    {
        var person = await People.AddAsync(app, "Audited Person", BuiltInRoles.Sales);
        await app.SignInAsync(person);

        var page = await (await app.AsAsync(People.Admin)).OpenAsync($"/settings/audit?Person={person.Id}&Kind=SignedIn");

        Assert.Contains("Audited Person · Signed in · User Audited Person", page.TextOf(".tl-head"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_told_beside_the_field()
    {
        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/audit?Record=no+such+record+zzq");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("No record is called “no such record zzq”.", page.ErrorFor("Record"));
        Assert.Equal("no such record zzq", page.Value("Record"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await app.AsAsync(People.Admin)).OpenAsync("/settings/audit?FromOn=someday&Kind=999&Kind=x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await app.AsAsync(People.Admin)).OpenAsync("/settings/audit?before=!!")).Status);
    }
}
