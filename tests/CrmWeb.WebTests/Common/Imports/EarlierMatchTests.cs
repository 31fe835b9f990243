using System.Text;
using CrmWeb.Services.Common;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>A file with the same heads is matched as the one before, and empty files with all heads can be had.</summary>
public sealed class EarlierMatchTests(CrmApp app)
{
    [Fact]
    public async Task The_same_heads_go_where_they_went_until_that_is_declined()
    {
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var first = await browser.OpenAsync((await wizard.UploadAsync("march.csv", Content("One"))).Location!);
        await wizard.CheckAsync(first, ("Field[1]", "otherName"), ("Field[2]", "rating"), ("OnMatch", "FillEmpty"));

        var address = (await wizard.UploadAsync("april.csv", Content("Two"))).Location!;
        var again = await browser.OpenAsync(address);
        var declined = await browser.OpenAsync((await again.SubmitAsync("form[action$='/suggestion']")).Location!);
        var others = await (await app.AsAsync(People.Manager)).OpenAsync((await new Wizard(app, await app.AsAsync(People.Manager)).UploadAsync("march.csv", Content("Three"))).Location!);

        Assert.Contains("march.csv", again.TextOf("form.banner"), StringComparison.Ordinal);
        Assert.Equal(("name", "otherName", "rating", "FillEmpty"), (again.Value("Field[0]"), again.Value("Field[1]"), again.Value("Field[2]"), again.Value("OnMatch")));
        Assert.Equal(("name", "", "", "Skip"), (declined.Value("Field[0]"), declined.Value("Field[1]"), declined.Value("Field[2]"), declined.Value("OnMatch")));
        Assert.False(declined.Has("form.banner"));
        Assert.Equal(("", false), (others.Value("Field[1]"), others.Has("form.banner"))); // what others did is theirs
    }

    [Theory]
    [InlineData("Customer", "Csv", "en")]
    [InlineData("Customer", "Xlsx", "zh-Hans")]
    [InlineData("Contact", "Xlsx", "en")]
    [InlineData("Contact", "Csv", "zh-Hans")]
    [InlineData("Activity", "Xlsx", "zh-Hans")]
    public async Task An_empty_file_comes_back_with_every_column_in_its_place(string type, string format, string language)
    {
        await using var own = await CrmApp.StartAsync();
        var browser = await own.AsAsync(People.Admin);
        await (await browser.OpenAsync("/account")).SubmitAsync("main form[action='/account']", ("Language", language));

        var file = await (await browser.OpenAsync($"/imports/template?type={type}&format={format}")).Answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var match = await browser.OpenAsync((await new Wizard(own, browser).UploadAsync($"template.{format}", file, type)).Location!);

        var fields = own.Services.GetService(typeof(RecordCatalogue)) is RecordCatalogue catalogue ? catalogue[type].With(FieldUse.Import).Select(f => f.Key).ToList() : [];
        Assert.True(fields.Count > 5);
        Assert.Equal(fields, fields.Select((_, i) => match.Value($"Field[{i}]")));
    }

    private static byte[] Content(string name) => Encoding.UTF8.GetBytes($"name,alias of old,klass\n{name} {Guid.NewGuid()},x,A\n");
}
