using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>A row of the file as values of fields; references are still words.</summary>
internal sealed record ReadRow(int Line, FieldValues Values, IReadOnlyDictionary<Field, string> References, IReadOnlyList<RowReason> Reasons);

/// <summary>Reads the cells of a row as the columns' fields want them.</summary>
internal sealed class RowReader
{
    private readonly List<(ColumnMap Map, Field Field, CellFormat Format)> columns;
    private readonly FieldValues always = [];
    private readonly WordMap words;
    private readonly Dictionary<string, object> choices = new(StringComparer.Ordinal);

    public RowReader(RecordType type, ImportRun run, WordMap words, Habits habits)
    {
        this.words = words;
        columns = [.. run.Columns.Where(c => c.Field is not null).Select(c => (c, type.Find(c.Field!)!, Format(c, habits)))];
        foreach (var value in run.Fixed)
            always[value.Field] = FieldText.Read(type.Find(value.Field)!, value.Text);
        foreach (var choice in columns.Select(c => c.Field.Kind == FieldKind.Addresses ? typeof(AddressKind) : c.Field.Choices).OfType<Type>())
            AddChoices(choice);
    }

    public ReadRow Read(TableRow row)
    {
        var (values, references, reasons) = (new FieldValues(), new Dictionary<Field, string>(), new List<RowReason>());
        foreach (var (key, value) in always)
            values[key] = value;
        if (row.Problem is { } problem)
            return new(row.Line, values, references, [RowReason.Of(problem, column: null)]);

        foreach (var (map, field, format) in columns)
        {
            var cell = row.Cells[map.Index].Trim();
            if (cell.Length == 0)
                continue;
            var kind = row.KindOf(map.Index);
            if (kind is CellKind.Error or CellKind.NotCalculated)
                reasons.Add(RowReason.Of(new(kind == CellKind.Error ? "Import.Cell.IsError" : "Import.Cell.NotCalculated", null, CellValues.Shown(cell)), HeadOf(map)));
            else if (field.Kind is not (FieldKind.Choices or FieldKind.Tags) && words.Of(map.Index, cell) is { } meant)
                Put(values, field, meant);
            else if (field.Kind == FieldKind.Reference)
                references[field] = cell;
            else if (field.Kind == FieldKind.Tags)
                PutTags(values, map, field, cell);
            else if (Read(map, field, kind == CellKind.Value ? format with { Culture = CultureInfo.InvariantCulture } : format, cell) is var (value, broken) && broken is null)
                values[field.Key] = value;
            else
                reasons.Add(RowReason.Of(broken!, HeadOf(map)));
        }
        return new(row.Line, values, references, reasons);
    }

    private (object? Value, Broken? Broken) Read(ColumnMap map, Field field, CellFormat format, string cell)
    {
        switch (field.Kind)
        {
            case FieldKind.Whole:
                var whole = CellValues.Number(cell, format.Culture);
                var counted = whole.Value * map.Factor;
                return counted is { } n && n == decimal.Truncate(n) && Math.Abs(n) <= int.MaxValue ? ((int)n, null) : whole is { Value: null, Problem: null } ? (null, null) : (null, whole.Problem ?? new("Import.Cell.NotWhole", null, cell));
            case FieldKind.Number or FieldKind.Money:
                var number = CellValues.Number(cell, format.Culture);
                return (number.Value * map.Factor, number.Problem);
            case FieldKind.Day:
                var day = CellValues.Date(cell, format);
                return (day.Value, day.Problem);
            case FieldKind.Moment:
                var moment = CellValues.Moment(cell, format);
                return (moment.Value, moment.Problem);
            case FieldKind.Flag:
                var flag = CellValues.Flag(cell);
                return flag.Problem is null ? (flag.Value, null) : NotUnderstood(map, cell, flag.Problem);
            case FieldKind.Choice:
                return choices.TryGetValue(ChoiceKey(field.Choices!, cell), out var choice) ? (choice, null) : NotUnderstood(map, cell, new("Error.Choice", null, cell));
            case FieldKind.Choices:
                return Flags(map, field, cell);
            case FieldKind.Reaches:
                return (Reach.Read(cell), null);
            case FieldKind.Addresses:
                var addresses = Address.Read(cell, word => choices.TryGetValue(ChoiceKey(typeof(AddressKind), word), out var kind) ? (AddressKind)kind : null, out var wrong);
                return wrong is null ? (addresses, null) : (null, new("Error.AddressLine", null, wrong));
            case FieldKind.Language:
                return (Languages.Tag(cell) ?? cell, null);
            case FieldKind.Country:
                return (Countries.Stored(cell), null);
            default:
                return (cell, null);
        }
    }

    private (object?, Broken?) Flags(ColumnMap map, Field field, string cell)
    {
        var flags = 0;
        foreach (var word in FieldText.Tags(cell))
        {
            var meant = words.Of(map.Index, word);
            if (meant is "")
                continue;
            if (!choices.TryGetValue(ChoiceKey(field.Choices!, meant ?? word), out var one))
                return NotUnderstood(map, word, new("Error.Choice", null, word));
            flags |= Convert.ToInt32(one, CultureInfo.InvariantCulture);
        }
        return (Enum.ToObject(field.Choices!, flags), null);
    }

    /// <summary>A cell whose tags are all left out is an empty one.</summary>
    private void PutTags(FieldValues values, ColumnMap map, Field field, string cell)
    {
        var tags = new List<string>();
        foreach (var word in FieldText.Tags(cell))
        {
            var meant = words.Of(map.Index, word);
            if (meant is null)
                words.Tag(map.Index, word);
            if (meant is not "")
                tags.Add(meant ?? word);
        }
        if (tags.Count > 0)
            values[field.Key] = tags.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    private (object?, Broken?) NotUnderstood(ColumnMap map, string word, Broken broken)
    {
        words.NotUnderstood(map.Index, word);
        return (null, broken);
    }

    private static void Put(FieldValues values, Field field, string meant)
    {
        if (meant.Length > 0)
            values[field.Key] = FieldText.Read(field, meant);
    }

    private static string HeadOf(ColumnMap map) => map.Head.Length > 0 ? map.Head : (map.Index + 1).ToString(CultureInfo.InvariantCulture);

    private static CellFormat Format(ColumnMap column, Habits habits) => new(column.Format is { } culture ? CultureInfo.GetCultureInfo(culture) : habits.Format, habits.Zone);

    private static string ChoiceKey(Type type, string word) => $"{type.Name}:{TextFold.Fold(word)}";

    /// <summary>A choice is known by its name in the domain and by its words in both languages.</summary>
    private void AddChoices(Type type)
    {
        foreach (var value in Enum.GetValues(type).Cast<object>())
            choices.TryAdd(ChoiceKey(type, value.ToString()!), value);
        foreach (var language in Localizer.Languages)
        {
            foreach (var (_, key, text) in Localizer.Written(language.Name == "en" ? CultureInfo.InvariantCulture : language).Where(t => t.Key.StartsWith(type.Name + ".", StringComparison.Ordinal)))
            {
                if (Enum.TryParse(type, key[(type.Name.Length + 1)..], out var value))
                    choices.TryAdd(ChoiceKey(type, text), value);
            }
        }
    }
}
