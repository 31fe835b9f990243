using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Access;

namespace CrmWeb.Domain.Customers;

/// <summary>A firm or person we sell to, sell through or buy from: the record that all others lead back to.</summary>
public sealed class Customer : Record, IShareable, INumbered, ISearchable
{
    public CustomerKind Kind { get; set; } = CustomerKind.Organisation;
    public CustomerRoles Roles { get; set; } = CustomerRoles.EndCustomer;

    [Required, MaxLength(200)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";

    [MaxLength(200)]
    public string? LegalName { get; set => field = Clean(value); }

    /// <summary>Trade name in a second script, such as the Chinese name of a foreign firm.</summary>
    [MaxLength(200)]
    public string? OtherName { get; set => field = Clean(value); }

    [MaxLength(20)]
    public string? Number { get; private set; }
    public string NumberPrefix => "C";

    public long? OwnerId { get; private set; }
    public User? Owner { get; private set; }
    public long? OwnerTeamId { get; private set; }
    public Team? OwnerTeam { get; private set; }

    /// <summary>Changed by <see cref="Move"/> alone.</summary>
    public Lifecycle Lifecycle { get; private set; } = Lifecycle.Prospect;
    /// <summary>UTC of the last move; null until the first.</summary>
    public DateTime? LifecycleAt { get; private set; }
    /// <summary>UTC of the first move to <see cref="Lifecycle.Active"/>.</summary>
    public DateTime? CustomerSince { get; private set; }

    public long? ParentId { get; set; }
    public Customer? Parent { get; private set; }

    [MaxLength(100)]
    public string? Industry { get; set => field = Clean(value); }

    /// <summary>People employed.</summary>
    [Range(0, 10_000_000)]
    public int? Employees { get; set; }

    /// <summary>How large the customer is by its <see cref="Employees"/>; null when they are not known.</summary>
    public SizeBand? SizeBand => SizeBands.Of(this);

    /// <summary>The customer's own yearly turnover, in <see cref="Currency"/>.</summary>
    [Range(typeof(decimal), "0", "99999999999999", ParseLimitsInInvariantCulture = true)]
    public decimal? AnnualRevenue { get; set; }

    [Range(1000, 2100)]
    public int? FoundedYear { get; set; }

    /// <summary>ISO 4217. Amounts of the customer are in it.</summary>
    [Required, MaxLength(3)]
    public string Currency { get; set => field = (Clean(value) ?? "").ToUpperInvariant(); } = "EUR";

    /// <summary>Days net.</summary>
    [Range(0, 365)]
    public int? PaymentTermsDays { get; set; }

    /// <summary>In <see cref="Currency"/>.</summary>
    [Range(typeof(decimal), "0", "99999999999", ParseLimitsInInvariantCulture = true)]
    public decimal? CreditLimit { get; set; }

    [MaxLength(40)]
    public string? TaxNumber { get; set => field = Clean(value); }

    /// <summary>Name on invoices (发票抬头) where it differs from the legal name.</summary>
    [MaxLength(200)]
    public string? InvoiceTitle { get; set => field = Clean(value); }

    [MaxLength(200)]
    public string? Website { get; set => field = CleanUrl(value); }

    [MaxLength(254)]
    public string? Email { get; set => field = Clean(value); }

    /// <summary>As typed.</summary>
    [MaxLength(60)]
    public string? Phone { get; set => field = Clean(value); }

    /// <summary>The phone number for machines, +46315550180; null when what was typed is no clear number.</summary>
    [MaxLength(20)]
    public string? PhoneE164 { get; set; }

    public IReadOnlyList<Reach> OtherPhones { get; set; } = [];
    public IReadOnlyList<Reach> OtherEmails { get; set; } = [];

    [MaxLength(200)]
    public string? Street { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? District { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? City { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? Region { get; set => field = Clean(value); }
    [MaxLength(20)]
    public string? PostalCode { get; set => field = Clean(value); }

    /// <summary>ISO 3166 two-letter code where known, otherwise as it was typed.</summary>
    [MaxLength(60)]
    public string? Country { get; set => field = Clean(value); }
    public IReadOnlyList<Address> OtherAddresses { get; set; } = [];

    [MaxLength(60)]
    public string? Territory { get; set => field = Clean(value); }
    public CustomerRating? Rating { get; set; }

    [MaxLength(100)]
    public string? Source { get; set => field = Clean(value); }

    [MaxLength(100)]
    public string? Campaign { get; set => field = Clean(value); }

    /// <summary>Language the customer writes, as a BCP 47 tag.</summary>
    [MaxLength(20)]
    public string? Language { get; set => field = Clean(value); }

    /// <summary>IANA name.</summary>
    [MaxLength(60)]
    public string? TimeZone { get; set => field = Clean(value); }
    public Channel? PreferredChannel { get; set; }
    public ServiceLevel ServiceLevel { get; set; } = ServiceLevel.Standard;

    /// <summary>What colleagues must respect when they get in touch: "No calls before 10:00".</summary>
    [MaxLength(300)]
    public string? ContactRule { get; set => field = Clean(value); }

    [MaxLength(4000)]
    public string? Description { get; set => field = Clean(value); }
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>Where the record came from; together with <see cref="ExternalId"/> never twice.</summary>
    [MaxLength(60)]
    public string? ExternalSource { get; set => field = Clean(value); }
    [MaxLength(100)]
    public string? ExternalId { get; set => field = Clean(value); }

    public CustomerFigures? Figures { get; private set; }

    public override string Title => Name;

    public IEnumerable<string?> SearchTexts =>
        [Name, LegalName, OtherName, Number, Email, Phone, PhoneE164, Website, TaxNumber, City, ExternalId, .. OtherPhones.Select(p => p.Value), .. OtherEmails.Select(e => e.Value)];

    public IEnumerable<MatchKey> MatchKeys => CustomerMatch.Keys(this);

    public override IEnumerable<Broken> Check() => [.. base.Check(), .. CustomerRules.Check(this)];

    public void Assign(long? ownerId, long? teamId) => (OwnerId, OwnerTeamId) = (ownerId, teamId);

    public void GiveNumber(string number) => Number = number;

    /// <summary>Moves the customer along its life. Going back needs a reason; every move is logged.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="RuleException">The move is not one of the life cycle, or goes back without a reason.</exception>
    public LifecycleMove Move(Lifecycle to, string? reason, DateTime now, long? by)
    {
        Rule.RequireNone(LifecycleRules.Check(Lifecycle, to, reason));

        var move = new LifecycleMove(Id, Lifecycle, to, now, by, Clean(reason));
        (Lifecycle, LifecycleAt) = (to, now);
        if (to == Lifecycle.Active)
            CustomerSince ??= now;
        return move;
    }
}

public enum CustomerKind { Organisation, Person }

/// <summary>What we are to each other; several at once.</summary>
[Flags]
public enum CustomerRoles { None = 0, EndCustomer = 1, Distributor = 2, Partner = 4, Supplier = 8 }
public enum CustomerRating { A, B, C, D }
public enum Channel { Email, Phone, WeCom, Sms, Visit, Post }
public enum ServiceLevel { Standard, Silver, Gold }

/// <summary>The words that lists, reports and counts use for customers.</summary>
public static class CustomerQueries
{
    extension(IQueryable<Customer> customers)
    {
        /// <summary>Those we still do business with or try to.</summary>
        public IQueryable<Customer> Current => customers.Where(c => c.Lifecycle != Lifecycle.Lost);
    }
}
