using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.UnitTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>The pages of an import, as a person goes through them.</summary>
internal sealed class Wizard(CrmApp app, Browser browser)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Wizard> OpenAsync(CrmApp app) => new(app, await app.AsAsync(People.Admin));

    /// <summary>Chooses a file and sends it.</summary>
    /// <param name="mediaType">What the browser takes it for.</param>
    public async Task<Page> UploadAsync(string name, byte[] content, string type = "Customer", string mediaType = "text/csv")
    {
        var page = await browser.OpenAsync($"/imports/new?type={type}");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(page.Token!), "__RequestVerificationToken" },
            { new StringContent(type), "type" },
        };
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new(mediaType);
        form.Add(file, "file", name);
        return await browser.SendAsync(new(HttpMethod.Post, "/imports") { Content = form });
    }

    /// <summary>The same with a file of tests/data, as far as the page on which columns are matched.</summary>
    public async Task<Page> UploadAsync(string file, string type = "Customer")
    {
        var sent = await UploadAsync(Path.GetFileName(file), await File.ReadAllBytesAsync(TestData.PathOf(file), TestContext.Current.CancellationToken), type);
        return await browser.OpenAsync(sent.Location ?? throw new InvalidOperationException(sent.Text));
    }

    /// <summary>Accepts how the columns are matched, with what was typed besides, and waits for the whole file to be checked.</summary>
    public async Task<Page> CheckAsync(Page match, params (string Field, string Value)[] typed) =>
        await DoneAsync(await match.SubmitAsync("form[action$='/match']", typed));

    /// <summary>Lets the rows go in and waits for the result.</summary>
    public async Task<Page> RunAsync(Page check) => await DoneAsync(await check.SubmitAsync("form[action$='/run']"));

    /// <summary>Sends another form of the page and waits for what it begins.</summary>
    public async Task<Page> SendAsync(Page page, string form, params (string Field, string Value)[] typed) => await DoneAsync(await page.SubmitAsync(form, typed));

    /// <summary>Created, updated, skipped, rejected, as a page tells them.</summary>
    public static IReadOnlyList<string> Numbers(Page page) => [.. page.Document.QuerySelectorAll("#progress dd.v").Select(d => d.TextContent.Trim())];

    public async Task<long> NewestAsync() => await app.ReadAsync(db => db.Set<ImportRun>().MaxAsync(r => r.Id, TestContext.Current.CancellationToken));

    private async Task<Page> DoneAsync(Page sent)
    {
        var address = sent.Location ?? throw new InvalidOperationException($"{(int)sent.Status}: {sent.Text}");
        for (var started = DateTime.UtcNow; ; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            var page = await browser.OpenAsync(address);
            if (page.Has("#progress[data-reload=done]"))
                return page;
            Assert.True(DateTime.UtcNow - started < Patience, string.Create(CultureInfo.InvariantCulture, $"{address} is not done: {page.Text}"));
        }
    }
}
