using System.Globalization;
using System.Security.Cryptography;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>Whether files can be stored, those that customers have are there, and a sample of all holds what it held when it came.</summary>
internal sealed class FilesCheck(IDatabaseState database, IFileStore files, IFileUsage usage) : IHealthCheck
{
    private const int Sample = 100;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => database.WhenPresentAsync(async () =>
    {
        try
        {
            using (await files.ReceiveAsync(new MemoryStream("check"u8.ToArray()), Sample, cancellationToken))
            {
                // it could be stored; unkept, nothing of it stays
            }
            var lost = (await usage.NewestAsync(Sample, cancellationToken)).Count(h => files.SizeOf(h) == 0);
            if (lost > 0)
                return HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"{lost} of the newest files on customers are missing in the folder. Is Files:Path the right one? Restore them from a backup."));
            return await SampleAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is RuleException or IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy("The folder of Files:Path cannot be read or written, or its disk is full. Give the account that runs CrmWeb the right to write there, or free some space.");
        }
    }, cancellationToken);

    private async Task<HealthCheckResult> SampleAsync(CancellationToken ct)
    {
        var (chosen, all) = Choose();
        var spoilt = 0;
        foreach (var hash in chosen)
        {
            await using var content = files.Open(hash);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)) != hash)
                spoilt++;
        }
        return spoilt > 0
            ? HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"{spoilt} of {chosen.Count} contents are not what they were. Look after the disk, and restore the files from a backup."))
            : HealthCheckResult.Healthy(string.Create(CultureInfo.InvariantCulture, $"{all} contents; {chosen.Count} of them were read and are what they were."));
    }

    /// <summary>Each of the stored ones with the same chance, however many there are.</summary>
    private (IReadOnlyList<string> Chosen, int All) Choose()
    {
        var (chosen, all) = (new List<string>(Sample), 0);
        foreach (var hash in files.All())
        {
            if (++all <= Sample)
                chosen.Add(hash);
            else if (Random.Shared.Next(all) is < Sample and var place)
                chosen[place] = hash;
        }
        return (chosen, all);
    }
}

/// <summary>Whether there is room for what the next weeks bring, and for the copy that an upgrade or a backup makes.</summary>
internal sealed class DiskCheck(SiteOptions site) : IHealthCheck
{
    private const long Megabyte = 1_048_576, Least = 200, Comfortable = 1_024;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var database = Directory.Exists(site.DataPath) ? Directory.EnumerateFiles(site.DataPath, "*.db*").Sum(f => new FileInfo(f).Length) : 0;
        return Task.FromResult(Judge(new DriveInfo(site.DataPath).AvailableFreeSpace / Megabyte, database / Megabyte));
    }

    /// <param name="free">Megabytes.</param>
    /// <param name="database">Megabytes.</param>
    internal static HealthCheckResult Judge(long free, long database)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{free:N0} MB are free where Data:Path is.");
        return free < Least + database ? HealthCheckResult.Unhealthy($"{said} That is too little for a copy of the database, which an upgrade makes. Free some space.")
            : free < Comfortable + (2 * database) ? HealthCheckResult.Degraded($"{said} That will be too little before long. Free some space.")
            : HealthCheckResult.Healthy(said);
    }
}
