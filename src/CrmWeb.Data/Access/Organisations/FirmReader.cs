using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

/// <summary>The firm's name as it was read last.</summary>
internal sealed class KnownFirm
{
    /// <summary>Null until there is a firm: the page after set-up shows it at once.</summary>
    public (FirmName Name, DateTimeOffset Until)? Last { get; set; }
}

internal sealed class FirmReader(CrmDb db, KnownFirm known, TimeProvider clock) : IFirmReader
{
    public async Task<FirmName?> NameAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.Last is { } last && last.Until > now)
            return last.Name;

        var name = await db.Set<Organisation>().OrderBy(o => o.Id).Select(o => new FirmName(o.Name, o.Tagline)).FirstOrDefaultAsync(ct);
        known.Last = name is null ? null : (name, now.AddMinutes(1));
        return name;
    }
}
