using System.Net;
using AngleSharp;

namespace CrmWeb.WebTests.Common;

/// <summary>A person's browser: keeps cookies, follows nothing by itself.</summary>
public sealed class Browser(HttpClient client, CookieContainer? jar = null)
{
    private string? token;

    /// <summary>For requests no page would make.</summary>
    public HttpClient Client => client;

    public string? Cookie(string name) => jar?.GetAllCookies().FirstOrDefault(c => c.Name == name)?.Value;

    public Task<Page> OpenAsync(string address) => SendAsync(new(HttpMethod.Get, address));

    /// <summary>A part of a page, as htmx asks for it.</summary>
    public Task<Page> FetchAsync(string address) => SendAsync(Part(HttpMethod.Get, address));

    /// <summary>Opens a page and goes where it leads, until one is shown.</summary>
    public async Task<Page> VisitAsync(string address)
    {
        var page = await OpenAsync(address);
        for (var hops = 0; page.Location is { } next && hops < 10; hops++)
            page = await OpenAsync(next);
        return page;
    }

    /// <summary>Posts fields without a page, with a token of this browser's own.</summary>
    public async Task<Page> PostAsync(string address, params (string Field, string Value)[] fields)
    {
        token ??= (await VisitAsync("/sign-in")).Token ?? (await VisitAsync("/account")).Token;
        return await SendAsync(new(HttpMethod.Post, address) { Content = Form([.. fields, ("__RequestVerificationToken", token ?? "")]) });
    }

    /// <summary>Posts fields as htmx does.</summary>
    public async Task<Page> PostPartAsync(string address, params (string Field, string Value)[] fields)
    {
        token ??= (await VisitAsync("/sign-in")).Token ?? (await VisitAsync("/account")).Token;
        var request = Part(HttpMethod.Post, address);
        request.Content = Form([.. fields, ("__RequestVerificationToken", token ?? "")]);
        return await SendAsync(request);
    }

    public async Task<Page> SendAsync(HttpRequestMessage request)
    {
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var document = await BrowsingContext.New().OpenAsync(r => r.Content(html).Address(answer.RequestMessage!.RequestUri!), TestContext.Current.CancellationToken);
        return new(this, answer, document, html);
    }

    internal static FormUrlEncodedContent Form(IEnumerable<(string Field, string Value)> fields) => new(fields.Select(f => KeyValuePair.Create(f.Field, f.Value)));

    private static HttpRequestMessage Part(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("HX-Request", "true");
        return request;
    }
}
