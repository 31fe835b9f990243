namespace CrmWeb.Services.Access;

/// <summary>Whose product this is, for the top of every page, also of the signed out.</summary>
public interface IFirmReader
{
    /// <summary>Null before the first set-up. Kept in memory for a minute.</summary>
    Task<FirmName?> NameAsync(CancellationToken ct);
}

/// <param name="Tagline">What the firm does, in three words.</param>
public sealed record FirmName(string Name, string? Tagline);
