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
public sealed class FilesController(IAttachmentService attachments, IRecordService<Customer> customers, TimeProvider clock) : CrmController
{
    private const long LargestRequest = 26L * 1_048_576;

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
                added = await attachments.AddAsync(id, file.FileName, content, ct);
            },
            done: () => Request.IsFragment
                ? PartialView("_File", new FileRow(added, Version: default, Path.GetFileName(file!.FileName), file.Length, clock.GetUtcNow().UtcDateTime, ById: null))
                : Said(L["File.Added", file!.FileName], $"/customers/{id}#files"),
            again: () => Request.IsFragment
                ? PartialView("_Toast", new Toast(ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage, Bad: true))
                : View("Upload", new UploadView(id, customer.Title)));
    }

    [HttpGet("files/{id:long}"), Needs("Attachment", RecordAction.View)]
    public async Task<IActionResult> Open(long id, CancellationToken ct)
    {
        var file = await attachments.OpenAsync(id, ct);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return new FileStreamResult(file.Content, file.MediaType);
    }
}

public sealed record UploadView(long CustomerId, string Customer);
