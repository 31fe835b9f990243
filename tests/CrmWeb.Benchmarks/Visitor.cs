using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmWeb.Benchmarks;

/// <summary>A signed-in browser in front of the product, or nobody in front of the bare server. It sends what it is told and looks at each answer.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient client;
    private readonly string? token;
    private static int made;

    private Visitor(Uri url, string? cookies, string? token, bool isProduct)
    {
        client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = url };
        if (cookies is not null)
            client.DefaultRequestHeaders.Add("Cookie", cookies);
        (this.token, IsProduct) = (token, isProduct);
    }

    public bool IsProduct { get; }

    public static Visitor OfBaseline(Uri url) => new(url, cookies: null, token: null, isProduct: false);

    /// <summary>Signs in as a person does: with the form and its token.</summary>
    public static async Task<Visitor> SignInAsync(Uri url)
    {
        var jar = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = jar }) { BaseAddress = url };
        var door = TokenOf(await browser.GetStringAsync("/sign-in"));
        using var form = Form(("Email", Product.Email), ("Password", Product.Password), (TokenField, door));
        using var answer = await browser.PostAsync("/sign-in", form);
        if (answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in")
            throw new BenchmarkException("Signing in failed.");
        return new(url, jar.GetCookieHeader(url), TokenOf(await browser.GetStringAsync("/customers")), isProduct: true);
    }

    /// <summary>Asks once.</summary>
    /// <param name="rows">How many rows must be in the answer.</param>
    /// <returns>Bytes of the answer.</returns>
    /// <exception cref="BenchmarkException">It is not what it must be.</exception>
    public async Task<int> AskAsync(Subject subject, string path, int rows)
    {
        if (subject.IsCreate)
            return await CreateAsync(path);
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        if (subject.IsPart)
            asked.Headers.Add("HX-Request", "true");
        using var answer = await client.SendAsync(asked);
        var html = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        var found = Count(html, Encoding.UTF8.GetBytes(IsProduct ? subject.Mark : Subject.BareMark));
        return found == rows ? html.Length : throw new BenchmarkException($"{client.BaseAddress}{path[1..]} holds {found} rows, not {rows}.");
    }

    /// <summary>How many rows the bare server finds there.</summary>
    public async Task<int> RowsAsync(string path) => Count(await client.GetByteArrayAsync(path), Encoding.UTF8.GetBytes(Subject.BareMark));

    private async Task<int> CreateAsync(string path)
    {
        var n = Interlocked.Increment(ref made);
        using var form = Form(
            ("Kind", "Organisation"), ("Name", $"Zzq {n:000000} Wvj"), ("Email", $"zzq{n}@zzq.test"), ("Phone", $"+46 31 55 {n:000 000}"), ("Website", $"https://zzq{n}.test"),
            ("City", "Zzqwvj"), ("Country", "SE"), ("Currency", "SEK"), ("AnnualRevenue", "1200000"), (TokenField, token ?? "")); // no search finds any of it
        using var answer = await client.PostAsync(path, form);
        var isMade = answer.StatusCode == HttpStatusCode.Redirect && NewCustomer.IsMatch(answer.Headers.Location?.OriginalString ?? "");
        return isMade ? (await answer.Content.ReadAsByteArrayAsync()).Length : throw new BenchmarkException($"Creating answered {(int)answer.StatusCode}.");
    }

    public void Dispose() => client.Dispose();

    private const string TokenField = "__RequestVerificationToken";

    private static string TokenOf(string html) => Token.Match(html) is { Success: true } found ? found.Groups["token"].Value : throw new BenchmarkException("A page has no token.");

    private static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        var count = 0;
        for (var at = text.IndexOf(part); at >= 0; at = text.IndexOf(part))
        {
            count++;
            text = text[(at + part.Length)..];
        }
        return count;
    }

    [GeneratedRegex("name=\"csrf\" content=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token { get; }

    [GeneratedRegex("^/customers/[0-9]+$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NewCustomer { get; }
}
