using System.Security.Cryptography;
using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>How the same person matched a file with the same heads before.</summary>
internal sealed class EarlierMatch(IRepository<ImportRun> runs, ICurrentUser user)
{
    private static readonly ImportState[] Matched = [ImportState.Checked, ImportState.Running, ImportState.Done, ImportState.Stopped];

    /// <summary>Null for a file without heads.</summary>
    public static string? HashOf(IReadOnlyList<string> heads) =>
        heads.All(h => h.Length == 0) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', heads))));

    /// <summary>Takes over where columns went, what words meant and what happened to records that were here already, if there was such a file.</summary>
    public async Task TakeOverAsync(ImportRun run, RecordType type, CancellationToken ct)
    {
        var (hash, name, me) = (run.HeadsHash, run.RecordType, user.Id);
        if (hash is null)
            return;
        var earlier = await runs.Query().Where(r => r.OwnerId == me && r.HeadsHash == hash && r.RecordType == name && Matched.Contains(r.State)).OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        if (earlier is null || earlier.Columns.Any(c => c.Field is { } key && type.Find(key)?.Has(FieldUse.Import) != true))
            return;

        (run.Columns, run.Fixed, run.OnMatch, run.MatchBy, run.MatchedAsId) = (earlier.Columns, earlier.Fixed, earlier.OnMatch, earlier.MatchBy, earlier.Id);
    }

    /// <summary>The file whose columns were taken over; null when there is none any more.</summary>
    public async Task<MatchedAs?> ShowAsync(ImportRun run, CancellationToken ct)
    {
        var id = run.MatchedAsId;
        return id is null ? null : await runs.Query().Where(r => r.Id == id).Select(r => new MatchedAs(r.Id, r.FileName, r.CreatedAt)).FirstOrDefaultAsync(ct);
    }
}
