using System.Net;

namespace CrmWeb.WebTests.Common.Records;

/// <summary>Whatever somebody writes into the address of a list, of a look-up or of a search: an answer or a sentence, never a failure.</summary>
public sealed class HostileAddressTests(CrmApp app)
{
    private static readonly string[] Lists = ["/customers", "/contacts", "/activities", "/settings/users"];

    /// <summary>With what they are, for the message.</summary>
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["too many conditions"] = string.Join('&', Enumerable.Range(0, 51).Select(n => $"f.name.has=x{n}")),
        ["a group in a group"] = "g1.g2.name.has=x",
        ["a field there is not"] = "f.passwordHash.is=x",
        ["a field of a neighbour"] = "f.owner.name.is=x",
        ["a comparison there is not"] = "f.name.near=x",
        ["an order there is not"] = "sort=version",
        ["a column there is not"] = "cols=name,passwordHash",
        ["too large a page"] = "size=201",
        ["no page at all"] = "size=-1",
        ["a place nobody gave"] = "after=bm9uc2Vuc2U",
        ["too long a word"] = "q=" + new string('x', 201),
        ["a value without end"] = "f.name.is=" + new string('x', 201),
    };

    [Fact]
    public async Task What_a_list_cannot_answer_is_a_sentence()
    {
        var browser = await app.AsAsync(People.Admin);
        var faults = new List<string>();

        foreach (var (what, query) in Refused)
        {
            foreach (var address in Lists.Select(l => $"{l}?f=none&{query}").Concat(query.StartsWith("after", StringComparison.Ordinal) ? [] : new[] { $"/customers/totals?{query}", $"/customers/export?{query}" })) // they are of the whole list
            {
                var page = await browser.OpenAsync(address);
                if (page.Status != HttpStatusCode.BadRequest || page.Title.Length == 0 || page.Text.Contains("Exception", StringComparison.Ordinal))
                    faults.Add($"{what}, {address[..Math.Min(address.Length, 60)]}: {(int)page.Status} {page.Title}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("/search?q=")]
    [InlineData("/lookup/Customer?q=")]
    [InlineData("/settings/audit?text=")]
    [InlineData("/trash?text=")]
    public async Task What_is_looked_for_is_a_text_whatever_it_holds(string address)
    {
        var browser = await app.AsAsync(People.Admin);

        foreach (var text in new[] { "' OR 1=1 --", "\"", "%", "*", "NEAR(a b)", "\u0001", "<script>alert(1)</script>", new('x', 3_000), "😀\ud83d" })
        {
            var page = await browser.OpenAsync(address + Uri.EscapeDataString(text));

            Assert.True((int)page.Status < 500, $"{address} with {text[..Math.Min(text.Length, 30)]}: {(int)page.Status}");
            Assert.DoesNotContain("<script>alert(1)", page.Html, StringComparison.Ordinal);
        }
    }
}
