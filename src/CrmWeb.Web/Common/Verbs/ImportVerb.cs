using System.Globalization;
using System.Text.Json;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Verbs;

/// <summary>Brings a file in from the command line, by the same service as the wizard.</summary>
internal sealed class ImportVerb : IVerb
{
    public string Name => "import";
    public string Usage => "import TYPE FILE [--map MAP.json] [--match FIELD,…] [--on-match skip|fillEmpty|overwrite] [--dry-run] [--as EMAIL]";

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var (typeName, path, mapPath) = (arguments.Take("TYPE"), arguments.Take("FILE"), arguments.Option("--map"));
        var (policyName, matchBy, dryRun) = (arguments.Option("--on-match"), arguments.Option("--match"), arguments.Flag("--dry-run"));
        arguments.End();
        var catalogue = services.GetRequiredService<RecordCatalogue>();
        var type = catalogue.FindPath(typeName) ?? throw new UsageException($"There are no {typeName}. There are: {string.Join(", ", catalogue.Types.Where(t => t.With(FieldUse.Import).Any()).Select(t => t.Path))}.");
        if (!File.Exists(path) || (mapPath is not null && !File.Exists(mapPath)))
            throw new UsageException($"There is no file {(File.Exists(path) ? mapPath : path)}.");
        var policy = DuplicatePolicy.Skip;
        if (policyName is not null && !Enum.TryParse(policyName, ignoreCase: true, out policy))
            throw new UsageException("--on-match takes skip, fillEmpty or overwrite.");

        var how = new ImportMatch([], [], policy) { MatchBy = matchBy is null ? null : Kinds(type, matchBy) };
        try
        {
            return await RunAsync(services, type, path, mapPath, how, dryRun, output, ct);
        }
        catch (RuleException refused)
        {
            var texts = services.GetRequiredService<IStringLocalizer>();
            foreach (var broken in refused.Broken)
                await output.WriteLineAsync(BrokenText.Of(texts, broken));
            return 1;
        }
    }

    /// <summary>Fields by their names in maps: "externalId", "email".</summary>
    private static List<MatchKind> Kinds(RecordType type, string names) =>
        [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => type.MatchBy.Cast<MatchKind?>().FirstOrDefault(k => string.Equals(NameOf(k!.Value), name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"--match takes {string.Join(", ", type.MatchBy.Select(NameOf))} for {type.Path}, not \"{name}\"."))];

    private static string NameOf(MatchKind kind) => kind == MatchKind.External ? "externalId" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static async Task<int> RunAsync(
        IServiceProvider services, RecordType type, string path, string? mapPath, ImportMatch how, bool dryRun, TextWriter output, CancellationToken ct)
    {
        var imports = services.GetRequiredService<IImportService>();
        long id;
        await using (var content = File.OpenRead(path))
            id = await imports.StartAsync(type.Name, Path.GetFileName(path), content, ct);
        await imports.SuggestAsync(id, ct); // what was done before with such a file counts on the pages alone
        var map = mapPath is null ? null : ImportMap.Read(await File.ReadAllTextAsync(mapPath, ct));
        if (map?.Over((await imports.ShowAsync(id, ct)).Format) is { } format)
            await imports.SetFormatAsync(id, format, matched: null, ct);
        var view = await imports.ShowAsync(id, ct);
        await imports.MatchAsync(id, how with { Columns = map?.Over(view.Columns) ?? view.Columns, Fixed = map?.Fixed ?? [] }, ct);

        var result = await imports.RunNowAsync(id, dryRun, _ => { }, ct);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(dryRun ? "Dry run, nothing written. " : "")}{result.Rows} rows: {result.Created} created, {result.Updated} updated, {result.Skipped} skipped, {result.Rejected} rejected."));
        if (result.Rejected > 0)
            await WriteRejectsAsync(imports, id, path, output, ct);
        return result.Rejected == 0 ? 0 : 1;
    }

    private static async Task WriteRejectsAsync(IImportService imports, long id, string path, TextWriter output, CancellationToken ct)
    {
        var rejects = Path.ChangeExtension(path, null) + ".rejected.csv";
        try
        {
            await using var writer = new StreamWriter(rejects, append: false, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            await imports.WriteRejectedAsync(id, writer, ct);
            await output.WriteLineAsync($"Rejected rows with their reasons: {rejects}");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"The rejected rows could not be written to {rejects}; they are on the page /imports/{id}.");
        }
    }
}

/// <summary>
/// A mapping as a file, with what words of a column mean where the field does not know them ("" leaves it empty): <c>{"columns": {"account": "name", "revenue": {"field": "annualRevenue", "factor": 1000000},
/// "state": {"field": "status", "values": {"on hold": "Inactive", "?": ""}}}, "fixed": {"currency": "USD"},
/// "header": false, "delimiter": "|", "emptyWord": "NULL", "sheet": "Accounts"}</c>. Columns of a file without a head go by their number from 1.
/// </summary>
internal sealed record ImportMap(IReadOnlyDictionary<string, JsonElement> Columns, IReadOnlyList<FixedValue> Fixed, bool? Header, string? Delimiter, string? Encoding, string? EmptyWord, string? Sheet)
{
    /// <exception cref="UsageException">The text is no mapping.</exception>
    public static ImportMap Read(string json)
    {
        try
        {
            var root = JsonDocument.Parse(json).RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
            return new(
                root.TryGetProperty("columns", out var columns) ? columns.EnumerateObject().ToDictionary(c => c.Name, c => c.Value, StringComparer.OrdinalIgnoreCase) : new Dictionary<string, JsonElement>(StringComparer.Ordinal),
                root.TryGetProperty("fixed", out var always) ? [.. always.EnumerateObject().Select(f => new FixedValue(f.Name, f.Value.ToString()))] : [],
                root.TryGetProperty("header", out var header) ? header.GetBoolean() : null, Text("delimiter"), Text("encoding"), Text("emptyWord"), Text("sheet"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new UsageException($"The map cannot be read: {wrong.Message}");
        }
    }

    public TableFormat? Over(TableFormat format)
    {
        var wanted = format with { HasHeader = Header ?? format.HasHeader, Delimiter = Delimiter is [var one] ? one : format.Delimiter, Encoding = Encoding ?? format.Encoding, EmptyWord = EmptyWord ?? format.EmptyWord, Sheet = format.Sheet is null ? null : Sheet ?? format.Sheet };
        return wanted == format ? null : wanted;
    }

    /// <summary>Only the columns of the map go in.</summary>
    public IReadOnlyList<ColumnMap> Over(IReadOnlyList<ColumnMap> columns) =>
    [
        .. columns.Select(c => !Columns.TryGetValue(c.Head, out var to) && !Columns.TryGetValue((c.Index + 1).ToString(CultureInfo.InvariantCulture), out to) ? c with { Field = null }
            : to.ValueKind == JsonValueKind.String ? c with { Field = to.GetString() }
            : c with
            {
                Field = to.GetProperty("field").GetString(),
                Factor = to.TryGetProperty("factor", out var factor) ? factor.GetDecimal() : 1,
                Format = to.TryGetProperty("format", out var format) ? format.GetString() : null,
                Values = to.TryGetProperty("values", out var values) ? [.. values.EnumerateObject().Select(v => new ValueMap(v.Name, v.Value.ValueKind == JsonValueKind.Null ? "" : v.Value.ToString()))] : [],
            }),
    ];
}
