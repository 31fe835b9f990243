using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Verbs;

/// <summary>Writes a list into a file from the command line, by the same service as the page.</summary>
internal sealed class ExportVerb : IVerb
{
    public string Name => "export";
    public string Usage => "export TYPE FILE.csv|FILE.xlsx [--query \"f.country.is=SE&cols=name,city\"] [--as EMAIL]";

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var (typeName, path, asked) = (arguments.Take("TYPE"), arguments.Take("FILE"), arguments.Option("--query") ?? "");
        arguments.End();
        var catalogue = services.GetRequiredService<RecordCatalogue>();
        var type = catalogue.FindPath(typeName) ?? throw new UsageException($"There are no {typeName}. There are: {string.Join(", ", catalogue.Types.Where(t => t.With(FieldUse.Export).Any()).Select(t => t.Path))}.");
        var format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => ExportFormat.Csv,
            ".xlsx" => ExportFormat.Xlsx,
            _ => throw new UsageException("FILE ends in .csv or .xlsx."),
        };

        try
        {
            var pairs = ListQuery.ReadQuery(asked).ToList();
            var columns = pairs.Exists(p => p.Key == "cols") ? ExportColumns.Shown : ExportColumns.All;
            var query = pairs.Exists(p => p.Key == "view") ? (await services.GetRequiredService<IViewService>().ReadAsync(type, pairs, ct)).Query : ListQuery.Parse(type, pairs);
            var export = await services.GetRequiredService<IExportService>().OpenAsync(type, query, format, columns, ct);
            await WriteAsync(export, path, ct);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{export.Rows} rows: {path}"));
            return 0;
        }
        catch (RuleException refused)
        {
            var texts = services.GetRequiredService<IStringLocalizer>();
            foreach (var broken in refused.Broken)
                await output.WriteLineAsync(BrokenText.Of(texts, broken));
        }
        catch (AccessDeniedException)
        {
            await output.WriteLineAsync($"This user may not export {type.Path}.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{path} could not be written: {failed.Message}");
        }
        return 1;
    }

    /// <summary>Under another name until it is whole, so that a broken export never stands where a good one was.</summary>
    private static async Task WriteAsync(ListExport export, string path, CancellationToken ct)
    {
        var unfinished = path + ".part";
        try
        {
            await using (var file = File.Create(unfinished))
                await export.WriteAsync(file, ct);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
