using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Relationships;

/// <summary>Ties between customers.</summary>
[Route("relationships")]
public sealed class RelationshipsController(IRelationshipService relationships, ISearchService search) : CrmController
{
    [HttpGet("new")]
    [Needs(nameof(Relationship), RecordAction.Create)]
    public async Task<IActionResult> New(long customerId, CancellationToken ct) => await NamedAsync(new() { CustomerId = customerId }, ct) is { } form ? View(form) : NotFound();

    [HttpPost("")]
    [Needs(nameof(Relationship), RecordAction.Create)]
    public async Task<IActionResult> New(RelationshipForm form, CancellationToken ct)
    {
        if (await NamedAsync(form, ct) is null)
            return NotFound();
        return await Submit(
            save: () => Once(() => relationships.AddAsync(new(form.CustomerId, form.Kind!.Value, form.OtherCustomerId, form.FromOn, form.Note), ct), ct),
            done: () => Said(L["Relationship.Added"], $"/customers/{form.CustomerId}"),
            again: () => View(nameof(New), form));
    }

    [HttpPost("{id:long}/end")]
    [Needs(nameof(Relationship), RecordAction.Edit)]
    public async Task<IActionResult> End(long id, long customerId, CancellationToken ct)
    {
        await relationships.EndAsync(id, ct);
        return Said(L["Relationship.Ended"], $"/customers/{customerId}");
    }

    /// <summary>The form with the names of both sides; null when the customer is not there for the reader.</summary>
    private async Task<RelationshipForm?> NamedAsync(RelationshipForm form, CancellationToken ct)
    {
        var names = await search.TitlesAsync(nameof(Customer), [form.CustomerId, form.OtherCustomerId ?? form.CustomerId], ct);
        (form.Name, form.OtherName) = (names.GetValueOrDefault(form.CustomerId), form.OtherCustomerId is { } other ? names.GetValueOrDefault(other) : null);
        return form.Name is null ? null : form;
    }
}

/// <summary>A new tie.</summary>
[TextsOf("Relationship")]
public sealed class RelationshipForm
{
    public long CustomerId { get; set; }

    [Required]
    public RelationshipKind? Kind { get; set; }

    [Required]
    public long? OtherCustomerId { get; set; }
    public DateOnly? FromOn { get; set; }

    [StringLength(300)]
    public string? Note { get; set; }

    /// <summary>For the page only: what the two customers are called.</summary>
    internal string? Name { get; set; }
    internal string? OtherName { get; set; }
}
