using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.UnitTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>One table in the encodings and delimiters of many programs goes through the wizard, and what is stored is what was meant.</summary>
public sealed class EncodingsTests
{
    private static readonly (string, string)[] Chinese =
        [("Field[0]", "externalId"), ("Field[1]", "name"), ("Field[3]", "email"), ("Field[4]", "phone"), ("Field[5]", "city"), ("Field[8]", "description")];

    private static readonly (string, string)[] German =
        [("Field[0]", "externalId"), ("Field[1]", "name"), ("Field[3]", "email"), ("Field[4]", "city"), ("Field[5]", ""), ("Field[7]", "description")];

    [Theory]
    [InlineData("utf8", 4)]
    [InlineData("utf8_bom", 4)]
    [InlineData("utf16le_bom_tab", 4)]
    [InlineData("utf16be_bom", 4)]
    [InlineData("gb18030", 4)]
    [InlineData("gbk_first_three_rows", 3)]
    public async Task A_chinese_table_arrives_whole(string file, int rows)
    {
        await using var app = await CrmApp.StartAsync();

        var stored = await ImportAsync(app, file, Chinese, rows);

        Assert.Equal(Expected("expected").Take(rows).Select(r => (r["客户编号"], r["公司名称"], r["电子邮箱"], r["手机"], r["城市"], r["备注"])), stored
            .Select(c => (c.ExternalId!, c.Name, c.Email!, c.Phone!, c.City!, c.Description!)));
    }

    [Theory]
    [InlineData("windows1252_semicolon_decimal_comma")]
    [InlineData("excel_sep_line")]
    public async Task A_german_table_arrives_whole(string file)
    {
        await using var app = await CrmApp.StartAsync();

        var stored = await ImportAsync(app, file, German, 3);

        Assert.Equal(Expected("windows1252_expected").Select(r => (r["Customer No"], r["Company"], r["E-mail"], r["City"], r["Note"])),
            stored.Select(c => (c.ExternalId!, c.Name, c.Email!, c.City!, c.Description ?? "")));
    }

    [Fact]
    public async Task Numbers_are_read_in_the_format_of_their_column_and_what_the_field_cannot_hold_is_refused_beside_it()
    {
        await using var app = await CrmApp.StartAsync();
        var wizard = await Wizard.OpenAsync(app);

        var check = await wizard.CheckAsync(await wizard.UploadAsync("csv/encodings/excel_sep_line.csv"), [.. German.Except([("Field[5]", "")]), ("Field[5]", "annualRevenue"), ("Format[5]", "de-DE")]);
        var result = await wizard.RunAsync(check);

        Assert.Equal(["2", "0", "0", "1"], Wizard.Numbers(result));
        Assert.Contains("4 Revenue: ", result.Text, StringComparison.Ordinal); // line and column of -0,50
        Assert.Equal([1_234_567.89m, 0m], await app.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.Id).Select(c => c.AnnualRevenue!.Value).ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("cp932_japanese", "cp932_expected")]
    [InlineData("cp949_korean", "cp949_expected")]
    public async Task Japanese_and_korean_names_arrive_whole(string file, string expected)
    {
        await using var app = await CrmApp.StartAsync();
        var names = Expected(expected).Select(r => r.Values.First()).ToList();

        var stored = await ImportAsync(app, file, [("Field[0]", "name")], names.Count);

        Assert.Equal(names, stored.Select(c => c.Name));
    }

    /// <returns>The customers in the order of the file.</returns>
    private static async Task<List<Customer>> ImportAsync(CrmApp app, string file, (string, string)[] columns, int rows)
    {
        var wizard = await Wizard.OpenAsync(app);
        var check = await wizard.CheckAsync(await wizard.UploadAsync($"csv/encodings/{file}.csv"), columns);
        Assert.Equal([$"{rows}", "0", "0", "0"], Wizard.Numbers(check));
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Customer>().CountAsync(TestContext.Current.CancellationToken))); // it was only looked at

        Assert.Equal([$"{rows}", "0", "0", "0"], Wizard.Numbers(await wizard.RunAsync(check)));

        return await app.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.Id).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static List<Dictionary<string, string>> Expected(string file) =>
        JsonSerializer.Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(TestData.PathOf($"csv/encodings/{file}.json")))!;
}
