using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Records;

/// <summary>The list of a record type: its rows, filters, columns and totals.</summary>
public abstract class ListController<T>(RecordPages<T> pages) : CrmController where T : Record, new()
{
    protected RecordPages<T> Pages => pages;

    protected RecordType<T> Type => pages.Type;

    [HttpGet("")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Index(CancellationToken ct)
    {
        if (Request.Query.ContainsKey(ColumnsView.Column))
            return Redirect((await Pages.ColumnsAsync(Request.Query, ct)).Address);
        var (adding, address) = await Pages.AddingAsync(Request.Query, ModelState, ct);
        return address is null ? PageOrPart("List", "_List", await ListAsync(ct) with { Adding = adding }) : Redirect(address);
    }

    /// <summary>How to compare the field that was chosen, and with what.</summary>
    [HttpGet("filter")]
    [Needs(RecordAction.View)]
    public IActionResult Filter() => FilterForm.Of(Type, Request.Query) is { } form ? PartialView("_Filter", form) : NoContent();

    /// <summary>Which columns the list has, and in which order.</summary>
    [HttpGet("columns")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Columns(CancellationToken ct) => View("Columns", await Pages.ColumnsAsync(Request.Query, ct));

    /// <summary>Numbers over all matches, fetched after the list.</summary>
    [HttpGet("totals")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Totals(CancellationToken ct) => PageOrPart("Totals", "_TotalsPart", await Pages.TotalsAsync(Request.Query, ct));

    /// <summary>How many each view holds, fetched after the list.</summary>
    [HttpGet("counts")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Counts(CancellationToken ct) => PartialView("_Counts", await Pages.ViewCountsAsync(Request.Query, ct));

    protected virtual Task<ListView> ListAsync(CancellationToken ct) => Pages.ListAsync(Request.Query, ct);
}
