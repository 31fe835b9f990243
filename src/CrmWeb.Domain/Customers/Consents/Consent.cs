using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>What a person allowed or refused. Append-only: the latest row of a purpose and channel is the present state.</summary>
public sealed class Consent : Record, IScoped
{
    public long? CustomerId { get; set; }
    public long? ContactId { get; set; }
    public ConsentPurpose Purpose { get; set; }
    public Channel Channel { get; set; }
    public LawfulBasis Basis { get; set; }
    public ConsentState State { get; set; }

    [Required, MaxLength(100)]
    public string Source { get; set => field = Clean(value) ?? ""; } = "";

    [MaxLength(500)]
    public string? Evidence { get; set => field = Clean(value); }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    public long? ScopeOwnerId { get; private set; }
    public long? ScopeTeamId { get; private set; }
    public long? ScopeRecordId => CustomerId;

    public override string Title => $"{Purpose} {Channel}";

    public void ScopeTo(long? ownerId, long? teamId) => (ScopeOwnerId, ScopeTeamId) = (ownerId, teamId);

    public override IEnumerable<Broken> Check()
    {
        foreach (var broken in base.Check())
            yield return broken;
        if (CustomerId is null && ContactId is null)
            yield return new("Consent.NeedsPerson", nameof(ContactId));
    }
}

public enum ConsentPurpose { Marketing, Service, DataProcessing }
public enum LawfulBasis { Consent, Contract, LegitimateInterest, LegalObligation }
public enum ConsentState { Pending, Granted, Withdrawn }
