using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>How much is told about a made-up customer: a history as in life, or just enough to fill large lists.</summary>
internal enum Depth { Full, Light }

/// <summary>A made-up customer and everything its history is told from.</summary>
internal sealed record Story(Customer Customer, DemoCountry Country, TimeZoneInfo Zone, Dice Dice)
{
    public required DateOnly Entered { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime EnteredAt { get; init; }

    /// <summary>Who looks after the customer, or did when nobody does now.</summary>
    public required Colleague Seller { get; init; }
    public IReadOnlyList<LifeStep> Life { get; init; } = [];
    public List<Contact> People { get; } = [];
    public Talk Talk { get; } = Talk.Of(Customer.Language ?? Country.Language);

    public string Filled(string text, Contact? contact, DateOnly day) => Talk.Fill(text, contact?.Title ?? Customer.Name, Customer.Currency, day, Dice);
}
