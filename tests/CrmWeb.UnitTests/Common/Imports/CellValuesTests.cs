using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public class CellValuesTests
{
    private static readonly TimeZoneInfo shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static async Task<List<string[]>> RowsAsync(string file) => [.. (await Tables.FileAsync($"csv/torture/{file}.csv")).Cells];

    [Fact]
    public async Task Numbers_are_read_in_every_notation()
    {
        var rows = await RowsAsync("numbers");

        Assert.Equal(21, rows.Count);
        Assert.All(rows, row =>
        {
            var (value, problem) = CellValues.Number(row[0], CultureInfo.GetCultureInfo(row[1]));
            if (row[2].StartsWith("ERROR", StringComparison.Ordinal))
                Assert.True(value is null && problem?.Text == "Import.Cell.NotANumber", row[0]);
            else
                Assert.True(problem is null && value == (row[2].Length == 0 ? null : decimal.Parse(row[2], CultureInfo.InvariantCulture)), $"{row[0]} is {value}");
        });
    }

    [Theory]
    [InlineData("1,234", "en-US", "1234")]
    [InlineData("1,234", "de-DE", "1.234")]
    [InlineData("EUR 1.234,50", "de-DE", "1234.50")]
    [InlineData("1 234,50 kr", "sv-SE", "1234.50")]
    [InlineData("-$5", "en-US", "-5")]
    [InlineData("($5.25)", "en-US", "-5.25")]
    [InlineData("−5", "en-US", "-5")]
    [InlineData("＋５％", "zh-CN", "0.05")]
    [InlineData("3千万", "zh-CN", "30000000")]
    [InlineData("1亿2000万", "zh-CN", "120000000")]
    [InlineData("1,234.5万元", "zh-CN", "12345000")]
    [InlineData("一千零五", "zh-CN", "1005")]
    [InlineData("十二", "zh-CN", "12")]
    [InlineData("两百万", "zh-CN", "2000000")]
    [InlineData("二〇二四", "zh-CN", "2024")]
    [InlineData("人民币壹佰万元整", "zh-CN", "1000000")]
    [InlineData("玖角贰分", "zh-CN", null)]
    [InlineData("壹元零贰分", "zh-CN", "1.02")]
    [InlineData("壹萬貳仟圓", "zh-TW", "12000")]
    [InlineData(".5", "en-US", "0.5")]
    [InlineData("007", "en-US", "7")]
    public void Numbers_are_also_written(string text, string culture, string? value) =>
        Assert.Equal(value is null ? null : decimal.Parse(value, CultureInfo.InvariantCulture), CellValues.Number(text, CultureInfo.GetCultureInfo(culture)).Value);

    [Theory]
    [InlineData("--5")]
    [InlineData("5%%")]
    [InlineData("1,2345")]
    [InlineData("1'234,567")]
    [InlineData("12 apples")]
    [InlineData("万")]
    [InlineData("三个")]
    [InlineData("1E400")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("9999999999999999999999亿")]
    [InlineData("九亿亿亿亿亿亿亿亿亿亿")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("#REF!")]
    [InlineData("$")]
    [InlineData("()")]
    public void These_are_no_numbers(string text) =>
        Assert.Equal("Import.Cell.NotANumber", CellValues.Number(text, CultureInfo.GetCultureInfo("en-US")).Problem?.Text);

    [Fact]
    public void Hostile_length_is_refused_and_not_repeated()
    {
        var problem = CellValues.Number(new string('9', 30_000), CultureInfo.InvariantCulture).Problem;

        Assert.InRange(((string)problem!.Values[0]).Length, 1, 61);
    }

    [Fact]
    public async Task Dates_are_read_in_every_notation()
    {
        var rows = await RowsAsync("dates");

        Assert.Equal(20, rows.Count);
        Assert.All(rows, row =>
        {
            var (value, problem) = CellValues.Date(row[0], FormatOf(row[1]));
            if (row[2].StartsWith("ERROR", StringComparison.Ordinal))
                Assert.True(value is null && problem is not null, row[0]);
            else
                Assert.True(problem is null && value == DateOnly.ParseExact(row[2], "yyyy-MM-dd", CultureInfo.InvariantCulture), $"{row[0]} is {value} {problem?.Text}");
        });
    }

    private static CellFormat FormatOf(string hint) => hint switch
    {
        "" => new(CultureInfo.InvariantCulture, TimeZoneInfo.Utc),
        _ when hint.StartsWith("excel-1900", StringComparison.Ordinal) => new(CultureInfo.InvariantCulture, TimeZoneInfo.Utc, SerialDates.From1900),
        "excel-1904" => new(CultureInfo.InvariantCulture, TimeZoneInfo.Utc, SerialDates.From1904),
        _ when hint.StartsWith("zone ", StringComparison.Ordinal) => new(CultureInfo.InvariantCulture, TimeZoneInfo.FindSystemTimeZoneById(hint[5..])),
        _ => new(CultureInfo.GetCultureInfo(hint), TimeZoneInfo.Utc),
    };

    [Theory]
    [InlineData("1945-12-30 00:00:00.000", "", "1945-12-30")]
    [InlineData("2024-3-5", "en-GB", "2024-03-05")]
    [InlineData("12 Mar 2024", "de-DE", "2024-03-12")]
    [InlineData("5. März 2024", "de-DE", "2024-03-05")]
    [InlineData("Tue, March 5th, 2024", "en-US", "2024-03-05")]
    [InlineData("5 de marzo de 2024", "es-ES", "2024-03-05")]
    [InlineData("２０２４年３月５日", "zh-CN", "2024-03-05")]
    [InlineData("令和元年5月1日", "ja-JP", "2019-05-01")]
    [InlineData("平成31年4月30日", "ja-JP", "2019-04-30")]
    [InlineData("24/3/5", "zh-CN", "2024-03-05")]
    [InlineData("25/03/2024", "", "2024-03-25")]
    [InlineData("3/25/2024", "", "2024-03-25")]
    [InlineData("61", "excel-1900", "1900-03-01")]
    [InlineData("59", "excel-1900", "1900-02-28")]
    [InlineData("45356.75", "excel-1900", "2024-03-05")]
    [InlineData("2024-02-29", "", "2024-02-29")]
    public void Dates_are_also_written(string text, string hint, string day) =>
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), CellValues.Date(text, FormatOf(hint)).Value);

    [Theory]
    [InlineData("03/04/2024", "", "Import.Cell.AmbiguousDate")]
    [InlineData("13/03/2024", "en-US", "Import.Cell.NoSuchDay")]
    [InlineData("60", "excel-1900", "Import.Cell.NoSuchDay")]
    [InlineData("45356", "", "Import.Cell.NotADate")]
    [InlineData("2024-03/05", "", "Import.Cell.NotADate")]
    [InlineData("03/2024", "en-US", "Import.Cell.NotADate")]
    [InlineData("2024-03-05T25:00:00", "", "Import.Cell.NotADate")]
    [InlineData("soon", "en-US", "Import.Cell.NotADate")]
    [InlineData("0024-03-05", "", "Import.Cell.NoSuchDay")]
    [InlineData("12:30", "", "Import.Cell.NotADate")]
    public void Unclear_dates_are_reported(string text, string hint, string key) => Assert.Equal(key, CellValues.Date(text, FormatOf(hint)).Problem?.Text);

    [Theory]
    [InlineData("")]
    [InlineData("0/0/00")]
    [InlineData("N/A")]
    public void No_date_is_no_problem(string text) => Assert.Equal(default, CellValues.Date(text, FormatOf("")));

    [Theory]
    [InlineData("2024-03-05 09:14", "2024-03-05T01:14:00Z")]
    [InlineData("2024-03-05T09:14:30+02:00", "2024-03-05T07:14:30Z")]
    [InlineData("2024-03-05T09:14:30.250Z", "2024-03-05T09:14:30.25Z")]
    [InlineData("2024-03-05", "2024-03-04T16:00:00Z")]
    [InlineData("2024/3/5 9:14 PM", "2024-03-05T13:14:00Z")]
    public void Moments_are_in_UTC(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture).UtcDateTime, CellValues.Moment(text, new(CultureInfo.GetCultureInfo("zh-CN"), shanghai)).Value);

    [Fact]
    public void A_time_that_the_clocks_skip_is_still_a_moment()
    {
        var berlin = new CellFormat(CultureInfo.InvariantCulture, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(new DateTime(2024, 3, 31, 1, 30, 0, DateTimeKind.Utc), CellValues.Moment("2024-03-31 02:30", berlin).Value);
    }

    [Theory]
    [InlineData("Yes", true)]
    [InlineData(" TRUE ", true)]
    [InlineData("1", true)]
    [InlineData("是", true)]
    [InlineData("１", true)]
    [InlineData("√", true)]
    [InlineData("Ja", true)]
    [InlineData("Sí", true)]
    [InlineData("no", false)]
    [InlineData("0", false)]
    [InlineData("否", false)]
    [InlineData("無", false)]
    [InlineData("", null)]
    public void Yes_and_no_have_many_words(string text, bool? value) => Assert.Equal(new(value, null), CellValues.Flag(text));

    [Fact]
    public void Perhaps_is_neither() => Assert.Equal("Import.Cell.NotYesOrNo", CellValues.Flag("perhaps").Problem?.Text);

    [Theory]
    [InlineData("1,200", 1200L)]
    [InlineData("3.0", 3L)]
    [InlineData("", null)]
    public void Whole_numbers(string text, long? value) => Assert.Equal(new(value, null), CellValues.Whole(text, CultureInfo.GetCultureInfo("en-US")));

    [Fact]
    public void Half_is_no_whole_number() => Assert.Equal("Import.Cell.NotWhole", CellValues.Whole("2.5", CultureInfo.InvariantCulture).Problem?.Text);
}
