using System.Text;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public class TableFileTests
{
    [Theory]
    [InlineData("comma_in_quotes")]
    [InlineData("empty")]
    [InlineData("empty_crlf")]
    [InlineData("escaped_quotes")]
    [InlineData("json")]
    [InlineData("newlines")]
    [InlineData("newlines_crlf")]
    [InlineData("quotes_and_newlines")]
    [InlineData("simple")]
    [InlineData("simple_crlf")]
    [InlineData("utf8")]
    public async Task Quotes_delimiters_and_line_ends_are_read_as_the_suite_wants(string file)
    {
        var table = await Tables.FileAsync($"csv/spectrum/csvs/{file}.csv");

        Assert.Equal(Tables.Expected($"csv/spectrum/json/{file}.json"), table.AsDictionaries());
        Assert.All(table.Rows, row => Assert.Null(row.Problem));
    }

    [Fact]
    public async Task A_quote_inside_a_plain_cell_is_text()
    {
        var row = Assert.Single((await Tables.FileAsync("csv/spectrum/csvs/location_coordinates.csv")).Rows);

        Assert.Equal(["2095257564", "37\uFFFD36'37.8\"N 121\uFFFD2'17.9\"W", "Modesto", "Stanislaus"], row.Cells);
        Assert.Null(row.Problem);
    }

    [Theory]
    [InlineData("utf8", "utf-8", ',', "expected")]
    [InlineData("utf8_bom", "utf-8", ',', "expected")]
    [InlineData("utf16le_bom_tab", "utf-16", '\t', "expected")]
    [InlineData("utf16be_bom", "utf-16BE", ',', "expected")]
    [InlineData("gb18030", "gb18030", ',', "expected")]
    [InlineData("gbk_first_three_rows", "gb18030", ',', "expected")]
    [InlineData("windows1252_semicolon_decimal_comma", "windows-1252", ';', "windows1252_expected")]
    [InlineData("excel_sep_line", "utf-8", ';', "windows1252_expected")]
    [InlineData("cp932_japanese", "shift_jis", ',', "cp932_expected")]
    [InlineData("cp949_korean", "ks_c_5601-1987", ',', "cp949_expected")]
    public async Task Encoding_and_delimiter_are_found(string file, string encoding, char delimiter, string expected)
    {
        var table = await Tables.FileAsync($"csv/encodings/{file}.csv");

        var rows = Tables.Expected($"csv/encodings/{expected}.json");
        Assert.Equal((encoding, delimiter, true), (table.Format.Encoding, table.Format.Delimiter, table.Format.HasHeader));
        Assert.Equal(file.EndsWith("three_rows", StringComparison.Ordinal) ? rows.Take(3) : rows, table.AsDictionaries());
    }

    [Fact]
    public async Task Ragged_rows_are_reported_with_line_and_counts_and_blank_ones_passed_over()
    {
        var table = await Tables.FileAsync("csv/torture/ragged_rows.csv");

        var good = table.Rows.Where(row => row.Problem is null);
        var bad = table.Rows.Where(row => row.Problem is not null).Select(row => (row.Line, row.Problem!.Text, row.Problem.Values[1], row.Problem.Values[2]));
        Assert.Equal([["Ann", "ann@a.example", "1"], ["Dee", "dee@d.example", "4"]], good.Select(row => row.Cells));
        Assert.Equal([(3, "Import.File.OtherColumnCount", (object)2, (object)3), (4, "Import.File.OtherColumnCount", 4, 3)], bad);
        Assert.Equal(2, table.BlankRows);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_names_its_line()
    {
        var row = Assert.Single((await Tables.FileAsync("csv/torture/unclosed_quote.csv")).Rows);

        Assert.Equal(("Import.File.QuoteNotClosed", 2, (object)2), (row.Problem?.Text, row.Line, row.Problem?.Values[0]));
    }

    [Fact]
    public async Task A_quote_closed_in_the_wrong_place_is_noticed()
    {
        var table = await Tables.TextAsync("a,b\n1,2\n\"x,3\n4,\"y\"\n5,6\n\"q\"r,7\n");

        Assert.Equal([(2, null), (3, "Import.File.QuoteNotClosed"), (5, null), (6, "Import.File.TextAfterQuote")], table.Rows.Select(row => (row.Line, row.Problem?.Text)));
    }

    [Fact]
    public async Task A_quote_never_closed_in_a_long_file_stops_reading_early()
    {
        var table = await Tables.TextAsync($"a,b\n1,2\n\n3,\"{new string('x', 3_000_000)}\n5,6\n");

        Assert.Equal([(2, null), (4, "Import.File.RowTooLong")], table.Rows.Select(row => (row.Line, row.Problem?.Text)));
    }

    [Fact]
    public async Task A_head_without_an_end_is_refused()
    {
        var broken = await Assert.ThrowsAsync<RuleException>(() => Tables.TextAsync(new string('x', 3_000_000)));

        Assert.Equal("Import.File.RowTooLong", Assert.Single(broken.Broken).Text);
    }

    [Fact]
    public async Task A_million_blank_lines_are_no_row_without_end()
    {
        var table = await Tables.TextAsync($"a,b\n{new string('\n', 1_500_000)}1,2\n");

        Assert.Equal((1_500_002, 1_500_000), (Assert.Single(table.Rows).Line, table.BlankRows));
    }

    [Theory]
    [InlineData("mixed_line_ends", new[] { "Ann Rome", "Bob Oslo", "Cy Bonn" })]
    [InlineData("cr_only_line_ends", new[] { "Ann Rome", "Bob Oslo" })]
    public async Task Line_ends_of_all_machines_end_rows(string file, string[] rows) =>
        Assert.Equal(rows, (await Tables.FileAsync($"csv/torture/{file}.csv")).Cells.Select(cells => string.Join(' ', cells)));

    [Fact]
    public async Task Columns_with_the_same_name_or_none_stay_apart()
    {
        var table = await Tables.FileAsync("csv/torture/duplicate_and_blank_headers.csv");

        Assert.Equal(["Email", "Email (2)", "", "Phone", "Phone (2)", ""], table.Columns);
        Assert.Equal(["a@x.example", "b@x.example", "?", "1", "2", ""], Assert.Single(table.Rows).Cells);
    }

    [Fact]
    public async Task Zero_bytes_are_taken_out_and_said()
    {
        var row = Assert.Single((await Tables.FileAsync("csv/torture/nul_bytes.csv")).Rows);

        Assert.Equal(["Ann", "ab"], row.Cells);
        Assert.Equal((null, "Import.File.NulRemoved"), (row.Problem?.Text, row.Warning?.Text));
    }

    [Fact]
    public async Task A_header_alone_is_a_table_without_rows()
    {
        var table = await Tables.FileAsync("csv/torture/header_only.csv");

        Assert.Equal(["name", "email"], table.Columns);
        Assert.Empty(table.Rows);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("bom_only")]
    public async Task An_empty_file_is_said_to_be_empty(string file)
    {
        var broken = await Assert.ThrowsAsync<RuleException>(() => Tables.FileAsync($"csv/torture/{file}.csv"));

        Assert.Equal("Import.File.Empty", Assert.Single(broken.Broken).Text);
    }

    [Fact]
    public async Task Too_many_columns_are_refused()
    {
        var broken = await Assert.ThrowsAsync<RuleException>(() => Tables.FileAsync("csv/torture/wide_300_columns.csv"));

        Assert.Equal("Import.File.TooManyColumns", broken.Broken[0].Text);
        Assert.Equal([300, TableFile.MaxColumns], broken.Broken[0].Values);
    }

    [Fact]
    public async Task A_row_far_too_wide_is_reported_not_kept()
    {
        var row = Assert.Single((await Tables.TextAsync($"a,b\n{new string(',', 500_000)}x\n")).Rows);

        Assert.Equal(500_001, row.Problem?.Values[1]);
        Assert.InRange(row.Cells.Length, 0, TableFile.MaxColumns + 1);
    }

    [Fact]
    public async Task A_cell_too_long_is_reported_and_the_next_row_read()
    {
        var table = await Tables.FileAsync("csv/torture/long_cell_40000_chars.csv");

        var row = Assert.Single(table.Rows);
        Assert.Equal("Import.File.CellTooLong", row.Problem?.Text);
        Assert.Equal([2, 40_000, TableFile.MaxCellLength], row.Problem!.Values);
    }

    [Fact]
    public async Task Cells_keep_what_nobody_sees_until_they_become_values()
    {
        var table = await Tables.FileAsync("csv/torture/whitespace_and_invisible.csv");

        Assert.Equal(["  Ann\u00A0Lee ", "\u200Bann@x.example\u200B", "\u3000王伟\u3000", "wang@x.example\uFEFF", "O’Neil, \u202EJr", "o@x.example"],
            table.Cells.SelectMany(cells => cells));
        Assert.Equal(["Ann\u00A0Lee", "ann@x.example", "王伟", "wang@x.example", "O’Neil, Jr", "o@x.example"],
            table.Cells.SelectMany(cells => cells).Select(CellText.Clean));
    }

    [Fact]
    public async Task Formulas_are_stored_as_they_are()
    {
        var table = await Tables.FileAsync("csv/torture/formulas.csv");

        Assert.Equal(
            [["=1+2", "=HYPERLINK(\"http://evil.example\",\"click\")", "plain"], ["@SUM(1+9)*cmd|' /C calc'!A0", "+861380013800", "-2+3"],
             ["\t=1+1", "\r=1+1", "=cmd|'/C calc'!A0"], ["'=already escaped", "−5 (minus sign U+2212)", "|pipe|"]],
            table.Cells);
        Assert.All(table.Rows, row => Assert.Null(row.Problem));
    }

    [Fact]
    public async Task A_table_without_a_header_is_recognised()
    {
        var table = await Tables.FileAsync("leads/DimReseller.csv");

        Assert.Equal(("utf-8", '|', false), (table.Format.Encoding, table.Format.Delimiter, table.Format.HasHeader));
        Assert.Equal((701, 20), (table.Rows.Count, table.Columns.Count));
        Assert.Equal(1_110_900_000m, table.Cells.Sum(cells => decimal.Parse(cells[14], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(table.Rows, row => Assert.Null(row.Problem));
    }

    [Fact]
    public async Task The_user_decides_about_the_header()
    {
        var table = await Tables.TextAsync("Ann,Rome\nBob,Oslo\n", format => format with { HasHeader = false });

        Assert.Equal(["", ""], table.Columns);
        Assert.Equal([(1, "Ann"), (2, "Bob")], table.Rows.Select(row => (row.Line, row.Cells[0])));
    }

    [Fact]
    public async Task Accounts_of_another_program_are_read_whole()
    {
        var table = await Tables.FileAsync("crm-sales/accounts.csv");

        Assert.Equal((85, "account"), (table.Rows.Count, table.Columns[0]));
        Assert.Equal(["Acme Corporation", "technolgy", "1996", "1100.04", "2822", "United States", ""], table.Rows[0].Cells);
    }

    [Fact]
    public async Task A_word_for_empty_is_found_and_becomes_empty()
    {
        var table = await Tables.FileAsync("northwind/customers.csv");

        Assert.Equal((91, "NULL"), (table.Rows.Count, table.Format.EmptyWord));
        Assert.DoesNotContain(table.Cells, cells => cells.Contains("NULL"));
        Assert.Contains("México D.F.", table.Rows[1].Cells);
    }

    [Theory]
    [InlineData("google_contacts", "utf-8", 36, 4, "Ada")]
    [InlineData("google_contacts_legacy", "utf-16", 43, 2, "Ada Example")]
    [InlineData("outlook_contacts_utf8_bom", "utf-8", 92, 2, "Frau")]
    [InlineData("outlook_contacts_windows1252", "windows-1252", 92, 2, "Frau")]
    [InlineData("hubspot_contacts", "utf-8", 11, 3, "101")]
    [InlineData("linkedin_connections", "utf-8", 7, 3, "Ada")]
    [InlineData("salesforce_leads_report", "utf-8", 18, 2, "Web")]
    public async Task Exports_of_other_programs_are_read(string file, string encoding, int columns, int rows, string first)
    {
        var table = await Tables.FileAsync($"contacts/exports/{file}.csv");

        Assert.Equal((encoding, columns, true), (table.Format.Encoding, table.Columns.Count, table.Format.HasHeader));
        Assert.Equal(rows, table.Rows.Count(row => row.Problem is null)); // the five lines below a report are reported, each with its line
        Assert.Equal(first, table.Rows[0].Cells[0]);
    }

    [Fact]
    public async Task Notes_above_the_header_are_passed_over()
    {
        var table = await Tables.FileAsync("contacts/exports/linkedin_connections.csv");

        Assert.Equal((2, 1), (table.Format.SkipRecords, table.BlankRows));
        Assert.Equal(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"], table.Columns);
        Assert.Equal([(5, "Ada"), (6, "Zoë"), (8, "伟")], table.Rows.Select(row => (row.Line, row.Cells[0])));
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_reported_in_their_row()
    {
        var bytes = Encoding.UTF8.GetBytes("name,city\nAnn,Köln\nBob,").Concat(new byte[] { 0xD6 }).Concat("slo\nCy,Bonn\n"u8.ToArray()).ToArray();

        var table = await Tables.BytesAsync(bytes, format => format with { Encoding = "utf-8" });

        Assert.Equal([null, "Import.File.WrongEncoding", null], table.Rows.Select(row => row.Problem?.Text));
        Assert.Equal("\uFFFDslo", table.Rows[1].Cells[1]);
    }

    [Fact]
    public async Task An_unknown_encoding_is_refused()
    {
        var broken = await Assert.ThrowsAsync<RuleException>(() => Tables.TextAsync("a,b\n1,2\n", format => format with { Encoding = "utf-7" }));

        Assert.Equal("Import.File.UnknownEncoding", broken.Broken[0].Text);
    }

    [Fact]
    public async Task A_long_table_takes_no_more_memory_than_a_short_one()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var table = await TableFile.OpenAsync(new EndlessRows(120_000), new("utf-8", ',', HasHeader: true), ct);

        var (rows, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var row in table.RowsAsync(ct))
        {
            Assert.Null(row.Problem);
            if (++rows % 40_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(120_000, rows);
        Assert.True(most < 8_000_000, $"{most} bytes");
    }

    /// <summary>A table that exists only while it is read.</summary>
    private sealed class EndlessRows(int rows) : Stream
    {
        private byte[] rest = "id,name,city,note\r\n"u8.ToArray();
        private int next;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (rest.Length == 0 && next < rows)
                rest = Encoding.UTF8.GetBytes($"{next},\"Halden, Robotics {next++}\",清河,\"two\nlines\"\r\n");
            var length = Math.Min(count, rest.Length);
            rest.AsSpan(0, length).CopyTo(buffer.AsSpan(offset));
            rest = rest[length..];
            return length;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
