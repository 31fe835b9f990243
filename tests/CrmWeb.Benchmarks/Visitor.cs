using System.Diagnostics;
using System.Globalization;
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
    public static async Task<Visitor> SignInAsync(Uri url, string email)
    {
        var jar = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = jar }) { BaseAddress = url };
        var door = TokenOf(await browser.GetStringAsync("/sign-in"));
        using var form = Form(("Email", email), ("Password", Product.Password), (TokenField, door));
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

    /// <summary>Sets a field of the customers that a filter leaves, as one bulk edit; after <paramref name="longest"/> it is stopped.</summary>
    /// <returns>Rows changed in a second, from the confirmation on.</returns>
    public async Task<double> BulkRowsPerSecondAsync(string filter, TimeSpan longest)
    {
        await PostAsync($"/customers/selection?view=all{filter}", ("All", "true"));
        var shown = Shown.Match(await client.GetStringAsync($"/customers/bulk/fields?view=all{filter}")).Groups["shown"].Value;
        var watch = Stopwatch.StartNew();
        var run = await PostAsync($"/customers/bulk/fields?view=all{filter}", ("set", "territory"), ("Territory", "North"), ("shown", shown));
        var progress = "<progress";
        while (progress.Contains("<progress", StringComparison.Ordinal))
        {
            if (watch.Elapsed > longest)
                await PostAsync($"{run}/stop");
            await Task.Delay(100);
            progress = await client.GetStringAsync($"{run}/progress");
        }
        return int.Parse(Number.Match(progress).Groups["number"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Saves the columns of their list as CSV; after <paramref name="longest"/> it is given up.</summary>
    /// <returns>Rows received in a second.</returns>
    public async Task<double> ExportRowsPerSecondAsync(string filter, TimeSpan longest)
    {
        using var form = Form(("Format", "Csv"), ("Columns", "Shown"), (TokenField, token ?? ""));
        using var ask = new HttpRequestMessage(HttpMethod.Post, $"/customers/export?view=all{filter}") { Content = form };
        var watch = Stopwatch.StartNew();
        using var answer = await client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead);
        await using var file = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (buffer, rows) = (new byte[65_536], -1); // the first line names the columns
        for (var read = 1; read > 0 && watch.Elapsed < longest;)
        {
            read = await file.ReadAsync(buffer);
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        return rows / watch.Elapsed.TotalSeconds;
    }

    private async Task<string> PostAsync(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var form = Form(fields.Append((TokenField, token ?? "")));
        using var answer = await client.PostAsync(path, form);
        return answer.Headers.Location?.OriginalString ?? throw new BenchmarkException($"{path} answered {(int)answer.StatusCode}.");
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

    [GeneratedRegex("name=\"shown\" value=\"(?<shown>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Shown { get; }

    [GeneratedRegex("<dd class=\"v\">(?<number>[0-9,]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Number { get; }

    [GeneratedRegex("^/customers/[0-9]+$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NewCustomer { get; }
}
