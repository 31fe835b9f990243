using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Records;

/// <summary>How a list is wanted as a file.</summary>
[TextsOf("Export")]
public sealed class ExportForm
{
    public ExportFormat Format { get; set; }
    public ExportColumns Columns { get; set; }

    // What the page shows around it; never taken from the request.
    internal ExportPage? Page { get; set; }
}

/// <summary>The list that is exported, by its address.</summary>
internal sealed record ExportPage(RecordType Type, ListAddress Address);

/// <summary>Sends an export as a file to be saved, row by row.</summary>
public sealed class ExportResult(ListExport export) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = export.ContentType;
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileName = export.FileName }.ToString();
        if (context.HttpContext.Features.Get<IHttpBodyControlFeature>() is { } body)
            body.AllowSynchronousIO = true; // an archive closes each of its parts so, with a few kilobytes; rows are written asynchronously
        return export.WriteAsync(response.Body, context.HttpContext.RequestAborted);
    }
}
