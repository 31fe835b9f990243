using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Customers;

/// <summary>One customer opened to a colleague of another team, as both of them see it.</summary>
public sealed class SharesTests(CrmApp app)
{
    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_shared_customer_is_there_at_the_next_click_and_gone_when_it_is_taken_back()
    {
        var (mine, his) = (await app.AsAsync(People.Sales), await app.AsAsync(People.Other));
        var id = await NewAsync(mine, "Opened Up AB");
        Assert.Equal(HttpStatusCode.NotFound, (await his.OpenAsync($"/customers/{id}")).Status);

        var shared = await (await mine.OpenAsync($"/customers/{id}/shares")).SubmitAsync(("UserId", Text(People.Other.Id)));

        Assert.Equal($"/customers/{id}", shared.Location);
        Assert.EndsWith("Otto OtherSees it", (await mine.OpenAsync($"/customers/{id}")).TextOf(".shares"), StringComparison.Ordinal);
        var page = await his.OpenAsync($"/customers/{id}");
        Assert.Equal(("Opened Up AB", false, false), (page.Title[..12], page.Has($"a[href='/customers/{id}/edit']"), page.Has($"a[href='/customers/{id}/shares']")));
        Assert.Equal(HttpStatusCode.Forbidden, (await his.OpenAsync($"/customers/{id}/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await his.OpenAsync($"/customers/{id}/shares")).Status);
        Assert.Contains("Sam Sales shared it", (await his.OpenAsync($"/customers/{id}/history")).Text, StringComparison.Ordinal);

        await (await mine.OpenAsync($"/customers/{id}/shares")).SubmitAsync("form.form", ("UserId", Text(People.Other.Id)), ("MayEdit", "true"));
        Assert.Equal(HttpStatusCode.OK, (await his.OpenAsync($"/customers/{id}/edit")).Status);
        await (await mine.OpenAsync($"/customers/{id}")).SubmitAsync(".shares form");
        Assert.Equal(HttpStatusCode.NotFound, (await his.OpenAsync($"/customers/{id}")).Status);
        Assert.False(await app.ReadAsync(db => db.Set<CustomerShare>().AnyAsync(s => s.CustomerId == id, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_share_without_anyone_is_refused_beside_its_field_and_keeps_what_was_chosen()
    {
        var mine = await app.AsAsync(People.Sales);
        var id = await NewAsync(mine, "Kept Closed AB");

        var page = await (await mine.OpenAsync($"/customers/{id}/shares")).SubmitAsync(("MayEdit", "true"), ("UserId", Text(People.Other.Id)), ("TeamId", Text(People.South.Id)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("Choose a person or a team, one of them.", page.ErrorFor("UserId"));
        Assert.Equal(Text(People.South.Id), page.Value("TeamId"));
        Assert.Contains("Otto Other", page.Html, StringComparison.Ordinal);
    }

    private static async Task<long> NewAsync(Browser browser, string name) =>
        long.Parse((await browser.PostAsync("/customers", ("Name", name))).Location!.Split('/')[^1], CultureInfo.InvariantCulture);
}
