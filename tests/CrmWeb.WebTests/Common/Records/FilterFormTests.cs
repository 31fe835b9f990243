using System.Net;

namespace CrmWeb.WebTests.Common.Records;

/// <summary>Adding a filter to a list by its form, as it works without script.</summary>
public sealed class FilterFormTests(CrmApp app)
{
    [Theory]
    [InlineData("lifecycle", "add.op=is&add.value=Active&add.value=AtRisk", "f.lifecycle.is=Active&f.lifecycle.is=AtRisk")]
    [InlineData("annualRevenue", "add.op=between&add.value=1,500&add.to=2,000", "f.annualRevenue.between=1500..2000")]
    [InlineData("lastTouch", "add.op=last&add.days=14", "f.lastTouch.last=14")]
    [InlineData("lastTouch", "add.op=lt&add.value=24/12/2026", "f.lastTouch.lt=2026-12-24")]
    [InlineData("createdAt", "add.op=in&add.period=thisMonth", "f.createdAt.in=thisMonth")]
    [InlineData("parent", "add.op=is&add.value=42", "f.parent.is=42")]
    [InlineData("country", "add.op=not&add.value=SE", "f.country.not=SE")]
    [InlineData("city", "add.op=empty", "f.city.empty=true")]
    [InlineData("city", "add.op=notempty", "f.city.empty=false")]
    [InlineData("industry", "add.op=has&add.value=%20tools%20&q=ab&sort=name", "q=ab&sort=name&f.industry.has=tools")]
    public async Task What_is_filled_in_becomes_conditions_of_the_list(string field, string filled, string address)
    {
        var browser = await app.AsAsync(People.Sales);

        var page = await browser.OpenAsync($"/customers?add.field={field}&add.sent=1&{filled}");

        Assert.Equal($"/customers?{address}", Uri.UnescapeDataString(page.Location!));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(page.Location!)).Status);
    }

    [Theory]
    [InlineData("annualRevenue", "add.op=gt&add.value=many", "Enter a number like 1,000.5. many")]
    [InlineData("lastTouch", "add.op=gt&add.value=31/02/2026", "tomorrow")]
    [InlineData("lastTouch", "add.op=last&add.days=-3", "Enter a whole number like 14.")]
    [InlineData("lifecycle", "add.op=is&add.value=Asleep", "“Asleep” is not one of the choices.")]
    [InlineData("industry", "add.op=has&add.value=", "Fill this in.")]
    public async Task What_cannot_be_read_is_told_beside_its_control_and_stays(string field, string filled, string part)
    {
        var page = await (await app.AsAsync(People.Sales)).OpenAsync($"/customers?add.field={field}&add.sent=1&{filled}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.True(page.Has("details[open] #add-filter .field-error"));
        var told = page.ErrorFor(filled.Contains("days", StringComparison.Ordinal) ? "add.days" : "add.value");
        Assert.Contains(part, $"{told} {page.Value("add.value")}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_field_brings_its_own_comparisons_and_unknown_fields_bring_none()
    {
        var browser = await app.AsAsync(People.Sales);

        var day = await browser.FetchAsync("/customers/filter?add.field=lastTouch");
        Assert.Contains("before", day.TextOf("select"), StringComparison.Ordinal);
        Assert.True((await browser.FetchAsync("/customers/filter?add.field=owner")).Has("crm-combobox"));
        Assert.True((await browser.FetchAsync("/contacts/filter?add.field=doNotCall")).Has("input[type=radio][value=true]"));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.FetchAsync("/customers/filter?add.field=password")).Status);
    }
}
