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
    [InlineData("lastTouch", "add.op=lt&add.value=-14d", "f.lastTouch.lt=-14d")]
    [InlineData("lastTouch", "add.op=ge&add.value=thisMonth", "f.lastTouch.ge=thisMonth")]
    [InlineData("city", "add.op=is&add.keep=Paris&add.keep=Lyon&add.value=Nice", "f.city.is=Paris&f.city.is=Lyon&f.city.is=Nice")]
    [InlineData("city", "add.op=is&add.keep=Paris&add.value=", "f.city.is=Paris")]
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
    [InlineData("q=ab&f.city.is=Paris&f.industry.has=tools", "add.was=f.city.is&add.field=city&add.op=starts&add.value=Par", "q=ab&f.city.starts=Par&f.industry.has=tools")]
    [InlineData("g1.city.is=Paris&g1.industry.has=tools", "add.was=g1.industry.has&add.field=industry&add.op=is&add.value=Tools", "g1.city.is=Paris&g1.industry.is=Tools")]
    [InlineData("f.city.is=Paris&f.city.is=Lyon", "add.or=f.city.is&add.field=industry&add.op=has&add.value=tools", "g1.city.is=Paris&g1.city.is=Lyon&g1.industry.has=tools")]
    [InlineData("g3.city.is=Paris&g3.name.has=x", "add.or=g3.city.is&add.field=industry&add.op=notempty", "g3.city.is=Paris&g3.name.has=x&g3.industry.empty=false")]
    [InlineData("g3.city.is=Paris&f.name.has=x", "add.or=f.name.has&add.field=industry&add.op=empty", "g3.city.is=Paris&g4.name.has=x&g4.industry.empty=true")]
    [InlineData("f.city.is=Paris", "add.was=f.owner.is&add.field=industry&add.op=empty", "f.city.is=Paris&f.industry.empty=true")] // what is not there is not changed
    public async Task A_condition_is_changed_or_gets_an_alternative(string before, string filled, string after)
    {
        var browser = await app.AsAsync(People.Sales);

        var page = await browser.OpenAsync($"/customers?{before}&add.sent=1&{filled}");

        Assert.Equal($"/customers?{after}", Uri.UnescapeDataString(page.Location!));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(page.Location!)).Status);
    }

    [Theory]
    [InlineData("f.annualRevenue.between=1500..2000", "annualRevenue", "between", "1,500", "2,000")]
    [InlineData("f.lastTouch.lt=2026-12-24", "lastTouch", "lt", "24/12/2026", null)]
    [InlineData("f.lastTouch.lt=-14d", "lastTouch", "lt", "-14d", null)]
    [InlineData("f.city.starts=Par", "city", "starts", "Par", null)]
    [InlineData("f.parent.is=me", "parent", "is", "me", null)]
    public async Task A_condition_opens_as_it_stands(string condition, string field, string op, string value, string? to)
    {
        var browser = await app.AsAsync(People.Sales);
        var list = await browser.OpenAsync($"/customers?{condition}");

        var page = await browser.OpenAsync(list.Document.QuerySelectorAll(".chip-text").Single().GetAttribute("href")!);

        Assert.Equal((field, op), (page.Value("add.field"), page.Value("add.op")));
        Assert.Equal((value, to), (page.Value("add.value"), to is null ? null : page.Value("add.to")));
    }

    [Fact]
    public async Task Several_values_are_kept_by_their_boxes_and_conditions_of_a_group_stand_together()
    {
        var browser = await app.AsAsync(People.Sales);

        var page = await browser.OpenAsync("/customers?g1.city.is=Paris&g1.city.is=Lyon&g1.industry.has=tools&f.country.is=FR&add.field=city&add.op=is&add.was=g1.city.is");

        Assert.Equal(["Paris", "Lyon"], page.Document.QuerySelectorAll("input[name='add.keep']:checked, input[name='add.keep'][checked]").Select(b => b.GetAttribute("value")));
        Assert.Contains("or", page.TextOf(".chip-any"), StringComparison.Ordinal);
        Assert.Equal(2, page.Document.QuerySelectorAll(".chip-any > .chip").Length);
        var asked = await browser.OpenAsync("/customers?f.city.is=Paris&add.or=f.city.is");
        Assert.Contains("City is Paris", asked.TextOf(".chip-add .pop-panel"), StringComparison.Ordinal);
        Assert.True(asked.Has("details[open] input[name='add.or'][value='f.city.is']"));
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
