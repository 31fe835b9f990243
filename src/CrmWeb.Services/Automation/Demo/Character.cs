using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>A customer as it is written down in characters.json.</summary>
internal sealed record Character
{
    public required string Name { get; init; }
    public string? Legal { get; init; }
    public string? Other { get; init; }
    public string? Parent { get; init; }
    public required string Country { get; init; }
    public required string City { get; init; }
    public required string Region { get; init; }
    public string? District { get; init; }
    public required string Postal { get; init; }
    public required string Street { get; init; }
    public required string Phone { get; init; }
    public required string Site { get; init; }
    public required string Industry { get; init; }
    public int Employees { get; init; }
    public decimal Revenue { get; init; }
    public required string Currency { get; init; }
    public required string Tax { get; init; }
    public string? Invoice { get; init; }
    public int? Founded { get; init; }
    public CustomerRating? Rating { get; init; }
    public ServiceLevel Level { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Source { get; init; }
    public string? Rule { get; init; }
    public required string Language { get; init; }
    public string? Zone { get; init; }
    public Channel? Channel { get; init; }
    public required string Owner { get; init; }

    /// <summary>The year it came; days before today when negative; half a year ago when missing.</summary>
    public int? Since { get; init; }
    public Lifecycle Life { get; init; } = Lifecycle.Active;

    /// <summary>Days since the last move, and why it was made.</summary>
    public int LifeDays { get; init; }
    public string? Reason { get; init; }
    public string? About { get; init; }
    public IReadOnlyList<CharacterPerson> People { get; init; } = [];
    public IReadOnlyList<CharacterTouch> History { get; init; } = [];
    public IReadOnlyList<CharacterStep> Open { get; init; } = [];
}

internal sealed record CharacterPerson(string Family, string Given, string? Mail, string? Says, string Title, string Department, ContactRole? Role, string? Language, bool DoNotCall);

/// <param name="Days">Days before today.</param>
/// <param name="Time">On the customer's clock.</param>
/// <param name="With">Given name of the contact.</param>
internal sealed record CharacterTouch(ActivityKind Kind, int Days, TimeOnly Time, string By, string? With, bool Incoming, int? Minutes, string Subject, string? Body, Mood? Mood);

/// <param name="Due">Days from today; negative when late.</param>
internal sealed record CharacterStep(ActivityKind Kind, bool Promise, int Due, TimeOnly? Time, string By, string Subject);
