using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Imports;

/// <summary>Where each column goes, as the page sends it.</summary>
public sealed class MatchForm
{
    /// <summary>Field key of each column, empty to leave it out.</summary>
    public IList<string?> Field { get; set; } = [];

    /// <summary>Factor of each column, as typed.</summary>
    public IList<string?> Factor { get; set; } = [];

    /// <summary>Culture of each column's numbers and dates, empty for one's own.</summary>
    public IList<string?> Format { get; set; } = [];
    public string? FixedField { get; set; }
    public string? FixedValue { get; set; }
    public DuplicatePolicy OnMatch { get; set; }
    public IList<MatchKind> MatchBy { get; set; } = [];

    public static MatchForm Of(ImportView run) => new()
    {
        Field = [.. run.Columns.Select(c => c.Field)],
        Factor = [.. run.Columns.Select(c => c.Factor == 1 ? null : NumberInput.Format(c.Factor, CultureInfo.CurrentCulture))],
        Format = [.. run.Columns.Select(c => c.Format)],
        FixedField = run.Fixed.FirstOrDefault(f => f.Field != "externalSource")?.Field,
        FixedValue = run.Fixed.FirstOrDefault(f => f.Field != "externalSource")?.Text,
        OnMatch = run.OnMatch,
        MatchBy = [.. run.MatchBy],
    };

    public ImportMatch ToInput(ImportView run) => new(
        [.. run.Columns.Select((c, i) => c with { Field = At(Field, i), Factor = FactorAt(i), Format = At(Format, i) })],
        string.IsNullOrEmpty(FixedField) || string.IsNullOrWhiteSpace(FixedValue) ? [] : [new(FixedField, FixedValue.Trim())],
        OnMatch)
    {
        MatchBy = [.. MatchBy],
    };

    private static string? At(IList<string?> list, int i) => i < list.Count && !string.IsNullOrWhiteSpace(list[i]) ? list[i] : null;

    /// <summary>An unreadable factor is zero, which the service refuses beside its column.</summary>
    private decimal FactorAt(int i) => At(Factor, i) is not { } text ? 1 : NumberInput.TryParse(text, CultureInfo.CurrentCulture, out var factor) ? factor : 0;
}

/// <summary>How the file is read, as the user corrects it.</summary>
public sealed class FormatForm
{
    public string Encoding { get; set; } = "utf-8";

    /// <summary>comma, semicolon, tab or bar.</summary>
    public string Delimiter { get; set; } = "comma";
    public bool HasHeader { get; set; }
    public bool IsOwnExport { get; set; }
    public string? EmptyWord { get; set; }

    public TableFormat Over(TableFormat detected) => detected with
    {
        Encoding = Encoding,
        Delimiter = Delimiter switch { "semicolon" => ';', "tab" => '\t', "bar" => '|', _ => ',' },
        HasHeader = HasHeader,
        IsOwnExport = IsOwnExport,
        EmptyWord = string.IsNullOrWhiteSpace(EmptyWord) ? null : EmptyWord.Trim(),
    };

    public static string NameOf(char delimiter) => delimiter switch { ';' => "semicolon", '\t' => "tab", '|' => "bar", _ => "comma" };
}
