using System.Text.Json;

namespace CrmWeb.WebTests.Common.Front;

public sealed class FormTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Numbers_and_dates_are_read_as_the_person_writes_them()
    {
        var form = (await SaveAsync("zh", ("Name", "Ana"), ("Flavour", "Sour"), ("Amount", "12万"), ("Number", "3"), ("DueOn", "明天"), ("At", "下午两点半"), ("Flavours", "Sweet"), ("Flavours", "Sour"))).GetProperty("form");

        Assert.Equal(120000m, form.GetProperty("amount").GetDecimal());
        Assert.Equal("2026-11-24", form.GetProperty("dueOn").GetString());
        Assert.Equal("14:30:00", form.GetProperty("at").GetString());
        Assert.Equal(2, form.GetProperty("flavours").GetArrayLength());
    }

    [Theory]
    [InlineData("en", "Name", "", "Fill this in.")]
    [InlineData("zh", "Name", "", "填写此项。")]
    [InlineData("en", "Name", "abcdef", "Use at most 5 characters.")]
    [InlineData("en", "Email", "x", "Enter an e-mail address like name@example.com.")]
    [InlineData("en", "Amount", "a lot", "Enter a number like 1,000.5.")]
    [InlineData("en", "Number", "1.5", "Enter a whole number like 1,000.")]
    [InlineData("en", "Number", "99999999999", "Enter a whole number like 1,000.")]
    [InlineData("en", "Number", "11", "Enter a number from 1 to 10.")]
    [InlineData("en", "DueOn", "soon", "Enter a date like 23/11/2026, “tomorrow” or “+3d”.")]
    [InlineData("zh", "DueOn", "soon", "输入日期，例如 2026/11/23、“明天”或“+3d”。")]
    [InlineData("en", "At", "noonish", "Enter a time like 14:30.")]
    [InlineData("en", "Flavour", "", "Choose one.")]
    [InlineData("en", "Flavour", "Bitter", "“Bitter” does not fit here. Choose or type it again.")]
    public async Task What_does_not_fit_says_what_to_do(string language, string field, string text, string message)
    {
        var errors = (await SaveAsync(language, (field, text))).GetProperty("errors");

        Assert.Equal(message, errors.GetProperty(field).GetString());
    }

    [Fact]
    public async Task A_field_shows_what_was_typed_with_its_message_beside_it()
    {
        var field = await FieldAsync("Amount", "<a lot>");

        var input = field.One("input#Amount.input.in-s");
        Assert.Equal("<a lot>", input.GetAttribute("value"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Amount-help Amount-error", input.GetAttribute("aria-describedby"));
        Assert.Equal("decimal", input.GetAttribute("inputmode"));
        Assert.Equal("<here>", input.GetAttribute("placeholder"));
        Assert.Equal("Say it.", field.Said("#Amount-help"));
        Assert.Equal("Enter a number like 1,000.5.", field.Said("[data-valmsg-for=Amount]"));
        Assert.Equal("(optional)", field.Said("label[for=Amount] .opt"));
    }

    [Fact]
    public async Task What_must_be_filled_in_is_not_marked_and_says_so_to_screen_readers()
    {
        var field = await FieldAsync("Name", "Ana");

        Assert.Equal("Name", field.Said("label[for=Name]"));
        Assert.Equal("true", field.One("#Name").GetAttribute("aria-required"));
        Assert.Equal("", field.Said(".field-error"));
    }

    [Fact]
    public async Task The_property_chooses_the_control()
    {
        Assert.Equal("Sour", (await FieldAsync("Flavour", "Sour")).One("select option[selected]").GetAttribute("value"));
        Assert.Equal("Sour", (await FieldAsync("Flavour", "Sour", "?radio=true")).One("fieldset input[type=radio][checked]").GetAttribute("value"));
        Assert.Equal("Sweet", (await FieldAsync("Flavours", "Sweet")).One("fieldset input[type=checkbox][checked]").GetAttribute("value"));
        Assert.Equal("true", (await FieldAsync("Active", "true")).One(".field-check input[type=checkbox][checked]").GetAttribute("value"));
        Assert.Equal("a <b>", (await FieldAsync("Note", "a <b>")).One("textarea[rows='3']").TextContent.Trim());
    }

    [Fact]
    public async Task A_lookup_has_a_box_for_the_name_and_keeps_the_id()
    {
        var field = await FieldAsync("OwnerId", "5", "?lookup=/people");

        Assert.Equal("/people", field.One("crm-combobox").GetAttribute("data-src"));
        Assert.Equal("5", field.One("crm-combobox > input[type=hidden][name=OwnerId]").GetAttribute("value"));
        Assert.Equal("Ana", field.One("input#OwnerId[role=combobox]").GetAttribute("value"));
        Assert.False(field.One("#OwnerId").HasAttribute("name"));
        Assert.Contains("name=\"OwnerId\"", field.One("noscript").InnerHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "next fri", "Friday, 4 December 2026")]
    [InlineData("zh", "下周五", "2026年12月4日星期五")]
    [InlineData("en", "soon", "")]
    [InlineData("en", "", "")]
    public async Task A_day_in_words_is_said_in_full(string language, string typed, string understood)
    {
        var answer = await host.Visitor(language).GetAsync($"/input/date?q={Uri.EscapeDataString(typed)}");

        Assert.Equal(understood.Length > 0 ? 200 : 204, answer.Status);
        Assert.Equal(understood, answer.Text.Replace("Friday 4", "Friday, 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_date_has_a_calendar_beside_it()
    {
        var field = await FieldAsync("DueOn", "2026-11-26");

        Assert.NotNull(field.Document.QuerySelector("crm-date[data-src='/input/date'] input#DueOn[name=DueOn]"));
        Assert.False(field.One("crm-date input[type=date]").HasAttribute("name"));
    }

    [Fact]
    public async Task The_summary_counts_and_leads_to_the_fields()
    {
        var summary = await host.Visitor().PostAsync("/sample/errors", [("Name", "abcdefgh"), ("Flavour", "Sour"), ("Amount", "x")]);

        Assert.Equal("3 things to fix", summary.Said("div.errors[role=alert][tabindex='-1'][autofocus] h2"));
        Assert.Equal("Name: Use at most 5 characters.", summary.Said("a[href='#Name']"));
        Assert.Equal("The whole of it is <wrong>.", summary.Said("li > span"));
        Assert.Equal(["#Name", "#Amount"], summary.Document.QuerySelectorAll("li a").Select(a => a.GetAttribute("href")));
    }

    private Task<Answer> FieldAsync(string property, string value, string more = "") =>
        host.Visitor().PostAsync($"/sample/field{more}", [("property", property), (property, value)]);

    private async Task<JsonElement> SaveAsync(string language, params (string, string)[] fields)
    {
        var visitor = host.Visitor(language);
        var token = (await visitor.GetAsync("/sample/status/404")).One("meta[name=csrf]").GetAttribute("content")!;
        var answer = await visitor.PostAsync("/sample/form", fields, ("RequestVerificationToken", token));
        return JsonDocument.Parse(answer.Text).RootElement;
    }
}
