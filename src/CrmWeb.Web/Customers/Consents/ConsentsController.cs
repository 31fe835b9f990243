using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Consents;

/// <summary>Writing down what a customer or a person allowed or refused.</summary>
[Route("consents")]
public sealed class ConsentsController(IConsentService consents) : CrmController
{
    [HttpGet("new")]
    [Needs(nameof(Consent), RecordAction.Create)]
    public IActionResult New(long? customerId, long? contactId) => View(new ConsentForm { CustomerId = customerId, ContactId = contactId });

    [HttpPost("")]
    [Needs(nameof(Consent), RecordAction.Create)]
    public Task<IActionResult> New(ConsentForm form, CancellationToken ct) => Submit(
        save: () => Once(() => consents.RecordAsync(form.ToInput(), ct), ct),
        done: () => Said(L["Consent.Recorded"], form.BackTo),
        again: () => View(nameof(New), form));
}

/// <summary>Present consents of a customer or a contact.</summary>
/// <param name="Add">Address of the form that records one; null when the reader may not.</param>
public sealed record ConsentsView(IReadOnlyList<ConsentRow> Rows, string? Add);

/// <summary>A new state of a consent.</summary>
[TextsOf("Consent")]
public sealed class ConsentForm
{
    public long? CustomerId { get; set; }
    public long? ContactId { get; set; }

    [Required]
    public ConsentPurpose? Purpose { get; set; } = ConsentPurpose.Marketing;

    [Required]
    public Channel? Channel { get; set; } = Domain.Customers.Channel.Email;

    [Required]
    public ConsentState? State { get; set; } = ConsentState.Granted;

    [Required]
    public LawfulBasis? Basis { get; set; } = LawfulBasis.Consent;

    [Required, StringLength(100)]
    public string? Source { get; set; }

    [StringLength(500)]
    public string? Evidence { get; set; }

    /// <summary>The page it was opened from.</summary>
    public string BackTo => ContactId is { } contact ? $"/contacts/{contact}" : CustomerId is { } customer ? $"/customers/{customer}" : "/customers";

    public RecordConsent ToInput() => new(CustomerId, ContactId, Purpose!.Value, Channel!.Value, Basis!.Value, State!.Value, Source, Evidence);
}
