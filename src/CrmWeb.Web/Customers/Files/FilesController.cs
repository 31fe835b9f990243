using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CrmWeb.Web.Customers.Files;

/// <summary>Files of customers: always handed out to be saved, never to be run in the page.</summary>
public sealed class FilesController(IAttachmentService attachments, IRecordService<Customer> customers, IRecordService<Attachment> files, TimeProvider clock) : CrmController
{
    private const long LargestRequest = 26L * 1_048_576;
    private const string NothingRuns = "default-src 'none'; sandbox";

    [HttpPost("customers/{id:long}/files"), Needs("Attachment", RecordAction.Create)]
    [RequestSizeLimit(LargestRequest), RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> Add(long id, IFormFile? file, CancellationToken ct)
    {
        var customer = await customers.OpenAsync(id, Domain.Common.RecordAction.View, ct);
        if (file is null)
            ModelState.AddModelError("File", L["Import.ChooseFile"]);
        long added = 0;
        return await Submit(
            save: async () =>
            {
                await using var content = file!.OpenReadStream();
                added = await Once(() => attachments.AddAsync(id, file.FileName, content, ct), ct);
            },
            done: () => Request.IsFragment
                ? PartialView("_File", new FileRow(added, Version: default, Path.GetFileName(file!.FileName), file.Length, clock.GetUtcNow().UtcDateTime, ById: null))
                : Said(L["File.Added", file!.FileName], $"/customers/{id}#files"),
            again: () => Request.IsFragment
                ? PartialView("_Toast", new Toast(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage, Bad: true))
                : View("Upload", new UploadView(id, customer.Title)));
    }

    /// <summary>What a file is, its picture and its versions.</summary>
    [HttpGet("files/{id:long}/details"), Needs("Attachment", RecordAction.View)]
    public async Task<IActionResult> Show(long id, CancellationToken ct) => View("Show", await attachments.ShowAsync(id, ct));

    [HttpPost("files/{id:long}/versions"), Needs("Attachment", RecordAction.Edit)]
    [RequestSizeLimit(LargestRequest), RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
    public async Task<IActionResult> Replace(long id, Guid version, IFormFile? file, CancellationToken ct)
    {
        var page = await attachments.ShowAsync(id, ct);
        if (file is null)
            ModelState.AddModelError("File", L["Import.ChooseFile"]);
        return await Submit(
            save: async () =>
            {
                await using var content = file!.OpenReadStream();
                await attachments.ReplaceAsync(id, version, file.FileName, content, ct);
            },
            done: () => Said(L["File.Replaced", page.Name], $"/files/{id}/details"),
            again: () => View("Show", page));
    }

    /// <summary>Gives the file another name.</summary>
    [HttpPost("files/{id:long}/name"), Needs("Attachment", RecordAction.Edit)]
    public async Task<IActionResult> Rename(long id, Guid version, string? name, CancellationToken ct)
    {
        var page = await attachments.ShowAsync(id, ct);
        return await Submit(
            save: () => files.EditAsync(id, new() { ["name"] = name?.Trim() }, version, ct),
            done: () => Said(L["Saved"], $"/files/{id}/details", UndoAddress),
            again: () => View("Show", page with { Name = name ?? "" }));
    }

    [HttpPost("files/{id:long}/deletion"), Needs("Attachment", RecordAction.Delete)]
    public async Task<IActionResult> Delete(long id, Guid version, CancellationToken ct)
    {
        var page = await attachments.ShowAsync(id, ct);
        await files.DeleteAsync(id, version, ct);
        return Said(L["Record.Deleted", page.Name], page.CustomerId is { } customer ? $"/customers/{customer}#files" : "/trash", UndoAddress);
    }

    [HttpGet("files/{id:long}"), Needs("Attachment", RecordAction.View)]
    public async Task<IActionResult> Open(long id, CancellationToken ct) => HandOut(await attachments.OpenAsync(id, number: null, ct));

    [HttpGet("files/{id:long}/versions/{number:int}"), Needs("Attachment", RecordAction.View)]
    public async Task<IActionResult> OpenVersion(long id, int number, CancellationToken ct) => HandOut(await attachments.OpenAsync(id, number, ct));

    /// <summary>The picture of a picture.</summary>
    [HttpGet("files/{id:long}/preview"), Needs("Attachment", RecordAction.View)]
    public async Task<IActionResult> Preview(long id, CancellationToken ct)
    {
        if (await attachments.PreviewAsync(id, ct) is not { } picture)
            return NotFound();
        Response.Headers.ContentSecurityPolicy = NothingRuns;
        return File(picture, IImagePreviews.MediaType);
    }

    private FileStreamResult HandOut(FileContent file)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.Headers.ContentSecurityPolicy = NothingRuns;
        return new(file.Content, file.MediaType);
    }
}

public sealed record UploadView(long CustomerId, string Customer);
