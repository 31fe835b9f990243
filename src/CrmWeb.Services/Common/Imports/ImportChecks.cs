using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

/// <summary>What can be wrong with where the columns of a file are to go.</summary>
internal sealed class ImportChecks(IRecordMatcher matcher, IStringLocalizer texts)
{
    private const int MostValues = 500, LongestWord = 200;

    /// <summary>People are named as files name them, yes and no in any word for it; kept is what the field holds. What is no longer about its field is dropped.</summary>
    public async Task<IReadOnlyList<ColumnMap>> NormalizedAsync(RecordType type, IReadOnlyList<ColumnMap> columns, CancellationToken ct)
    {
        if (columns.All(c => c.Values.Count == 0))
            return columns;
        var people = await matcher.ColleaguesAsync(ct);
        return [.. columns.Select(c => c.Field is { } key && type.Find(key) is { } field && WordMap.Takes(field) ? c with { Values = [.. c.Values.Select(v => v with { To = Normalized(field, v.To.Trim(), people) })] } : c with { Values = [] })];
    }

    /// <param name="count">Columns of the file.</param>
    public async Task<IReadOnlyList<Broken>> CheckAsync(RecordType type, ImportMatch match, int count, CancellationToken ct)
    {
        var broken = new List<Broken>();
        foreach (var column in match.Columns.Where(c => c.Field is not null))
        {
            if (column.Index < 0 || column.Index >= count || type.Find(column.Field!)?.Has(FieldUse.Import) != true)
                broken.Add(new("Import.UnknownField", $"Field{column.Index}", column.Field!));
            if (column.Factor is 0 or > 1_000_000_000_000m or < -1_000_000_000_000m)
                broken.Add(new("Import.Factor", $"Factor{column.Index}"));
            if (column.Format is { } format && !IsCulture(format))
                broken.Add(new("Import.UnknownFormat", $"Format{column.Index}", format));
        }
        foreach (var twice in match.Columns.Where(c => c.Field is not null).GroupBy(c => c.Field, StringComparer.Ordinal).Where(g => g.Count() > 1))
            broken.Add(new("Import.FieldTwice", $"Field{twice.Last().Index}", texts[type.Find(twice.Key!)?.Label ?? twice.Key!].Value));
        var people = match.Columns.Any(c => c.Values.Count > 0) ? (await matcher.ColleaguesAsync(ct)).Values.ToHashSet() : [];
        foreach (var column in match.Columns.Where(c => c.Values.Count > 0))
        {
            if (column.Values.Count > MostValues || type.Find(column.Field ?? "") is not { } field || !WordMap.Takes(field) || !column.Values.All(v => IsValue(field, v, people)))
                broken.Add(new("Import.UnknownValue", $"Field{column.Index}", column.Head));
        }
        foreach (var value in match.Fixed)
        {
            if (type.Find(value.Field) is not { } field || !field.Has(FieldUse.Import) || !CanRead(field, value.Text))
                broken.Add(new("Import.FixedValue", value.Field, value.Text));
        }
        if (!type.Fields.Any(f => (f.Kind == FieldKind.Title || f.Property is "FamilyName" or "GivenName" or "DisplayName") && match.Columns.Any(c => c.Field == f.Key)))
            broken.Add(new("Import.NeedsTitle"));
        if (type.MatchBy.Count > 0 && match.MatchBy is { } by && !by.Any(type.MatchBy.Contains))
            broken.Add(new("Import.NeedsMatch", "MatchBy"));
        return broken;
    }

    /// <summary>Ids of a file mean something only together with where they are from; without a word on it, that is the file's name.</summary>
    public static IReadOnlyList<FixedValue> WithSource(ImportRun run, ImportMatch match) =>
        match.Columns.Any(c => c.Field == "externalId") && !match.Columns.Any(c => c.Field == "externalSource") && !match.Fixed.Any(f => f.Field == "externalSource")
            ? [.. match.Fixed, new("externalSource", Path.GetFileNameWithoutExtension(run.FileName) is { Length: > 60 } name ? name[..60] : Path.GetFileNameWithoutExtension(run.FileName))]
            : match.Fixed;

    private static bool CanRead(Field field, string text)
    {
        try
        {
            return FieldText.Read(field, text) is not null;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool IsCulture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static string Normalized(Field field, string to, IReadOnlyDictionary<string, long> people) => field.Kind switch
    {
        FieldKind.Flag => CellValues.Flag(to).Value is { } flag ? FieldText.Write(flag)! : to,
        FieldKind.Reference => people.TryGetValue(TextFold.Fold(to), out var id) || people.TryGetValue(to, out id) ? FieldText.Write(id)! : to,
        _ => to,
    };

    private static bool IsValue(Field field, ValueMap value, HashSet<long> people) => value.Text.Length is > 0 and <= LongestWord
        && (value.To.Length == 0 || (CanRead(field, value.To) && field.Kind switch
        {
            FieldKind.Reference => people.Contains(long.Parse(value.To, CultureInfo.InvariantCulture)),
            FieldKind.Tags => FieldText.Tags(value.To) is [_],
            _ => true,
        }));
}
