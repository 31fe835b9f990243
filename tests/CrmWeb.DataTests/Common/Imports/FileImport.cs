using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.UnitTests.Common;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>A file brought in by the services that the wizard and the command line use.</summary>
internal sealed class FileImport(TestScope scope)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IImportService Service => scope.Get<IImportService>();

    /// <summary>Puts a file of tests/data into the store and matches its columns.</summary>
    /// <param name="match">Where the columns go, when it is not as suggested.</param>
    public async Task<long> PrepareAsync(string type, string file, Func<ImportView, ImportMatch>? match = null)
    {
        await using var content = File.OpenRead(TestData.PathOf(file));
        return await PrepareAsync(type, Path.GetFileName(file), content, match);
    }

    /// <inheritdoc cref="PrepareAsync(string, string, Func{ImportView, ImportMatch}?)"/>
    public async Task<long> PrepareAsync(string type, string name, Stream content, Func<ImportView, ImportMatch>? match = null)
    {
        var id = await Service.StartAsync(type, name, content, Ct);
        var view = await Service.ShowAsync(id, Ct);
        await Service.MatchAsync(id, match?.Invoke(view) ?? new(view.Columns, [], DuplicatePolicy.Skip), Ct);
        return id;
    }

    /// <summary>The whole way in earnest.</summary>
    public async Task<ImportProgress> RunAsync(string type, string file, Func<ImportView, ImportMatch>? match = null) =>
        await RunAsync(await PrepareAsync(type, file, match), dryRun: false);

    public Task<ImportProgress> RunAsync(long id, bool dryRun) => Service.RunNowAsync(id, dryRun, _ => { }, Ct);

    /// <summary>Created, updated, skipped, rejected.</summary>
    public static (int, int, int, int) Counts(ImportProgress progress) => (progress.Created, progress.Updated, progress.Skipped, progress.Rejected);
}
