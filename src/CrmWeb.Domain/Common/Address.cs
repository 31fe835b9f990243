namespace CrmWeb.Domain.Common;

/// <summary>A further address of a customer, with what it is for.</summary>
/// <param name="Country">ISO 3166 two-letter code where known, otherwise as it was typed.</param>
public sealed record Address(AddressKind Kind, string? Street, string? City, string? Region, string? PostalCode, string? Country);

public enum AddressKind { Shipping, Office, Factory, Warehouse, Home }

/// <summary>A further phone number or e-mail address, with a word on what it is for.</summary>
public sealed record Reach(string Value, string? Label);
