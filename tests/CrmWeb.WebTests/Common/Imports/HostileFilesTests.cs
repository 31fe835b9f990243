using System.IO.Compression;
using System.Net;
using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.UnitTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>Files that are broken, or made to break something, get a plain sentence.</summary>
public sealed class HostileFilesTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Refused => new()
    {
        { "nothing", "The file is empty." },
        { "only a byte order mark", "The file is empty." },
        { "only blank lines", "The file is empty." },
        { "300 columns", "The file has 300 columns; at most 200 can be imported." },
        { "one line of 10 MB", "The row that begins in line 1 goes on for more than" },
        { "a zip called csv", "This is no table." },
        { "a picture called csv", "This is no table." },
        { "a workbook", "This is no table." },
        { "zero bytes only", "This is no table." },
        { "a head whose quote is never closed", "A quotation mark is opened in line 1" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task A_file_that_is_no_table_is_refused_in_words(string kind, string sentence)
    {
        var page = await (await Wizard.OpenAsync(app)).UploadAsync(kind == "a workbook" ? "book.xlsx" : "file.csv", Content(kind));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_speaks_the_readers_language()
    {
        await using var own = await CrmApp.StartAsync();
        var browser = await own.AsAsync(People.Admin);
        await (await browser.OpenAsync("/account")).SubmitAsync("main form[action='/account']", ("Language", "zh-Hans"));

        var page = await new Wizard(own, browser).UploadAsync("file.csv", Content("a zip called csv"));

        Assert.Contains("这不是表格文件", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_file_at_all_is_said_beside_the_field()
    {
        var browser = await app.AsAsync(People.Admin);

        var page = await (await browser.OpenAsync("/imports/new")).SubmitAsync();

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Choose a file."), (page.Status, page.ErrorFor("File")));
    }

    [Theory]
    [InlineData("header_only", "0", "0")]
    [InlineData("unclosed_quote", "0", "1")]
    [InlineData("nul_bytes", "1", "0")]
    [InlineData("ragged_rows", "2", "2")]
    [InlineData("long_cell_40000_chars", "0", "1")]
    [InlineData("formulas", "4", "0")]
    public async Task Broken_rows_are_rejected_and_the_rest_can_go_in(string file, string created, string rejected)
    {
        var wizard = await Wizard.OpenAsync(app);

        var check = await wizard.CheckAsync(await wizard.UploadAsync($"csv/torture/{file}.csv"), ("Field[0]", "name"), ("Field[1]", "description"));

        Assert.Equal(HttpStatusCode.OK, check.Status);
        Assert.Equal([created, "0", "0", rejected], Wizard.Numbers(check));
        Assert.Equal(rejected != "0", check.Has("a[href$='/rejects']"));
        Assert.Equal(created == "0", check.Has("form[action$='/run'] button[disabled]"));
    }

    [Fact]
    public async Task A_row_without_an_end_is_said_and_what_stands_before_it_can_go_in()
    {
        var wizard = await Wizard.OpenAsync(app);
        var sent = await wizard.UploadAsync("long.csv", Encoding.UTF8.GetBytes($"name,note\nEndless AB,fine\nOther AB,\"{new string('x', 10_000_000)}\n"));

        var check = await wizard.CheckAsync(await (await app.AsAsync(People.Admin)).OpenAsync(sent.Location!));

        Assert.Equal(["1", "0", "0", "1"], Wizard.Numbers(check));
        Assert.Contains("The row that begins in line 3 goes on for more than", check.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formulas_are_stored_as_text_and_disarmed_where_rejected_rows_are_written()
    {
        await using var own = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(own), await own.AsAsync(People.Admin));
        var file = "name,note,employees\n=1+2,=HYPERLINK(\"http://evil.example\"),1\n@SUM(1+9),=1,many\n<script>alert(1)</script>,x,none\n"u8.ToArray();
        var match = await browser.OpenAsync((await wizard.UploadAsync("formulas.csv", file)).Location!);

        var result = await wizard.RunAsync(await wizard.CheckAsync(match, ("Field[1]", "description")));
        var rejects = await browser.OpenAsync($"/imports/{await wizard.NewestAsync()}/rejects");

        var customer = await own.ReadAsync(db => db.Set<Customer>().SingleAsync(Ct));
        Assert.Equal(("=1+2", "=HYPERLINK(\"http://evil.example\")"), (customer.Name, customer.Description));
        Assert.DoesNotContain("<script>alert", match.Html + result.Html, StringComparison.Ordinal);
        Assert.Equal(("text/csv; charset=utf-8", "nosniff"), (rejects.Header("Content-Type"), rejects.Header("X-Content-Type-Options")));
        Assert.StartsWith("attachment", rejects.Header("Content-Disposition")!, StringComparison.Ordinal);
        Assert.Contains("\n'@SUM(1+9),'=1,many,3,", rejects.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_of_the_same_name_are_told_apart()
    {
        var match = await (await Wizard.OpenAsync(app)).UploadAsync("csv/torture/duplicate_and_blank_headers.csv", "Contact");

        Assert.Equal(["Email", "Email (2)", "Column 3", "Phone", "Phone (2)", "Column 6"], match.Document.QuerySelectorAll("main th[scope=row]").Select(h => h.TextContent));
    }

    [Theory]
    [InlineData("Encoding", "utf-7")]
    [InlineData("Encoding", "no such thing")]
    public async Task A_format_there_is_not_is_refused(string field, string value)
    {
        var match = await (await Wizard.OpenAsync(app)).UploadAsync("crm-sales/accounts.csv");

        var page = await match.PressAsync("button[formaction$='/format']", (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("is not known", page.Text, StringComparison.Ordinal);
    }

    private static byte[] Content(string kind) => kind switch
    {
        "nothing" => [],
        "only a byte order mark" => File.ReadAllBytes(TestData.PathOf("csv/torture/bom_only.csv")),
        "only blank lines" => "\r\n\r\n , ,\r\n"u8.ToArray(),
        "300 columns" => File.ReadAllBytes(TestData.PathOf("csv/torture/wide_300_columns.csv")),
        "one line of 10 MB" => Encoding.UTF8.GetBytes(new string('x', 10_000_000)),
        "a zip called csv" or "a workbook" => Zip(),
        "a picture called csv" => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 7))],
        "zero bytes only" => new byte[5_000],
        _ => "\"name,note\nHalden,x\n"u8.ToArray(),
    };

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("accounts.csv").Open();
            entry.Write(File.ReadAllBytes(TestData.PathOf("crm-sales/accounts.csv")));
        }
        return bytes.ToArray();
    }
}
