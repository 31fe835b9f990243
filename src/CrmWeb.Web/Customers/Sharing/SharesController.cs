using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Sharing;

/// <summary>Whom a customer is shared with beyond what roles say.</summary>
[Route("customers/{id:long}/shares")]
public sealed class SharesController(ISharingService sharing, ISearchService search) : CrmController
{
    [HttpGet("")]
    [Needs(nameof(Customer), RecordAction.Share)]
    public async Task<IActionResult> Show(long id, CancellationToken ct) => View(new ShareForm { Page = await sharing.ShowAsync(id, ct) });

    [HttpPost("")]
    [Needs(nameof(Customer), RecordAction.Share)]
    public async Task<IActionResult> Show(long id, ShareForm form, CancellationToken ct)
    {
        (form.Page, var name) = (await sharing.ShowAsync(id, ct), "");
        if (form.UserId is { } person)
            form.PersonName = (await search.TitlesAsync(nameof(Domain.Access.User), [person], ct)).GetValueOrDefault(person);
        return await Submit(form,
            save: async () => name = await sharing.ShareAsync(new(id, form.UserId, form.TeamId, form.MayEdit), ct),
            done: () => Said(L["Share.Added", name], $"/customers/{id}"));
    }

    [HttpPost("{recipientId:long}/end")]
    [Needs(nameof(Customer), RecordAction.Share)]
    public async Task<IActionResult> End(long id, long recipientId, CancellationToken ct)
    {
        await sharing.EndAsync(id, recipientId, ct);
        return Said(L["Share.Ended"], $"/customers/{id}");
    }
}

/// <summary>Sharing a customer with one more person or team.</summary>
[TextsOf("Share")]
public sealed class ShareForm
{
    public long? UserId { get; set; }
    public long? TeamId { get; set; }
    public bool MayEdit { get; set; }

    /// <summary>For the page only.</summary>
    internal SharingPage? Page { get; set; }
    internal string? PersonName { get; set; }
}

/// <summary>Whom a customer is shared with, each to be taken back.</summary>
public sealed record SharesView(long CustomerId, IReadOnlyList<ShareRow> Rows);
