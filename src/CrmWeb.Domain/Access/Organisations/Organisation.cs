using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Access;

/// <summary>The firm that uses the product: its name, and the habits that hold where a user chose nothing else.</summary>
public sealed class Organisation : Record
{
    [Required, MaxLength(100)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";

    [MaxLength(100)]
    public string? Tagline { get; set => field = Clean(value); }

    /// <summary>ISO 3166 two-letter code; phone numbers without a country code are read as of here.</summary>
    [Required, MaxLength(2)]
    public string Country { get; set => field = (Clean(value) ?? "").ToUpperInvariant(); } = "";

    /// <summary>"en" or "zh-Hans".</summary>
    [Required, MaxLength(20)]
    public string Language { get; set => field = Clean(value) ?? ""; } = "en";

    /// <summary>Culture of dates and numbers.</summary>
    [Required, MaxLength(20)]
    public string Format { get; set => field = Clean(value) ?? ""; } = "en-GB";

    /// <summary>IANA name.</summary>
    [Required, MaxLength(60)]
    public string TimeZone { get; set => field = Clean(value) ?? ""; } = "UTC";

    /// <summary>ISO 4217; totals and reports are in it.</summary>
    [Required, MaxLength(3)]
    public string Currency { get; set => field = (Clean(value) ?? "").ToUpperInvariant(); } = "EUR";

    /// <summary>There is one, and it is known by this id: two at once cannot come about.</summary>
    public const long TheId = 2;

    /// <summary>UTC; when its first administrator came in. Until then the set-up page is open.</summary>
    public DateTime? SetUpAt { get; private set; }

    /// <summary>Made-up data for trying the product out.</summary>
    public bool IsDemo { get; init; }

    public override string Title => Name;

    /// <summary>Closes the set-up page for good.</summary>
    /// <param name="now">UTC.</param>
    public void SetUp(DateTime now) => SetUpAt = now;
}
