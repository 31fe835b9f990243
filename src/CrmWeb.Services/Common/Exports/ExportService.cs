using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

internal sealed class ExportService(IExportRows rows, IAuditTrail audit, IUnitOfWork work, ICurrentUser user, TimeProvider clock, IStringLocalizer texts) : IExportService
{
    public async Task<ListExport> OpenAsync(RecordType type, ListQuery query, ExportFormat format, ExportColumns columns, CancellationToken ct)
    {
        if (!user.Access.May(type.Name, RecordAction.Export))
            throw new AccessDeniedException(type.Name, nameof(RecordAction.Export));
        var fields = Fields(type, query, columns);
        Rule.Require(fields.Count > 0, "Export.NoColumns", "Columns");
        var count = await rows.CountAsync(type, query, ListExport.MostRows, ct);
        Rule.Require(count <= ListExport.MostRows, "Export.TooMany", values: ListExport.MostRows.ToString("N0", user.Habits.Format));

        // Before the first row leaves: an export that breaks off has told its rows as well.
        audit.Add(new(AuditKind.Exported, RecordId: 0) { RecordType = type.Name, Changes = Told(query, format, fields, count) });
        await work.SaveAsync(ct);

        var (heads, title) = (fields.Select(f => texts[f.Label].Value).ToList(), texts[$"{type.Name}.Plural"].Value);
        return format == ExportFormat.Csv
            ? new(FileName(type, "csv"), CsvTable.ContentType, count, (output, writing) => CsvTable.WriteAsync(heads, rows.ReadAsync(type, query, fields, writing), output, writing))
            : new(FileName(type, "xlsx"), XlsxTable.ContentType, count, (output, writing) => XlsxTable.WriteAsync(title, heads, rows.ReadAsync(type, query, fields, writing), user.Habits, output, writing));
    }

    /// <summary>The exportable fields that are wanted; an amount brings its currency along, without which it says nothing.</summary>
    private static List<Field> Fields(RecordType type, ListQuery query, ExportColumns columns)
    {
        if (columns == ExportColumns.All)
            return [.. type.With(FieldUse.Export)];
        var shown = query.Columns.Select(c => type.Find(c)!).Where(f => f.Has(FieldUse.Export)).ToList();
        return [.. shown.SelectMany(f => f.Kind == FieldKind.Money && CurrencyOf(type, f) is { } currency && !shown.Contains(currency) ? [f, currency] : new[] { f }).Distinct()];
    }

    private static Field? CurrencyOf(RecordType type, Field amount) =>
        amount.Extras is [{ Body: var body }, ..] && (body is UnaryExpression cast ? cast.Operand : body) is MemberExpression { Expression: ParameterExpression, Member.Name: var name } && type.FindProperty(name) is { } field && field.Has(FieldUse.Export) ? field : null;

    private static Dictionary<string, FieldChange> Told(ListQuery query, ExportFormat format, IEnumerable<Field> fields, int count) => new(StringComparer.Ordinal)
    {
        ["Rows"] = new(Old: null, count.ToString(CultureInfo.InvariantCulture)),
        ["Conditions"] = new(Old: null, Conditions(query)),
        ["Format"] = new(Old: null, format.ToString()),
        ["Fields"] = new(Old: null, string.Join(", ", fields.Select(f => f.Key))),
    };

    /// <summary>What the list was cut down by, as its address says it.</summary>
    private static string Conditions(ListQuery query) => string.Join('&',
        query.Filters.Select(f => $"{f.Name}={f.Value}").Concat(string.IsNullOrWhiteSpace(query.Text) ? [] : [$"q={query.Text}"]));

    private string FileName(RecordType type, string ending) =>
        string.Create(CultureInfo.InvariantCulture, $"{type.Path.Split('/')[^1]}-{user.Habits.Today(clock):yyyy-MM-dd}.{ending}");
}
