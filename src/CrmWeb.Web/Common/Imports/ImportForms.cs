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

    /// <summary>The same for columns that are read in another way by now.</summary>
    public MatchForm Over(ImportView run)
    {
        var read = Of(run);
        (Field, Factor, Format) = (read.Field, read.Factor, read.Format);
        return this;
    }

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
    /// <summary>Whether the form held these fields at all.</summary>
    public bool HasReading { get; set; }
    public string? Encoding { get; set; }

    /// <summary>comma, semicolon, tab, bar; another word keeps the one there is.</summary>
    public string? Delimiter { get; set; }
    public string? Sheet { get; set; }
    public bool HasHeader { get; set; }
    public bool IsOwnExport { get; set; }
    public string? EmptyWord { get; set; }

    public static FormatForm Of(TableFormat format) => new()
    {
        HasReading = true,
        Encoding = format.Encoding,
        Delimiter = NameOf(format.Delimiter),
        Sheet = format.Sheet,
        HasHeader = format.HasHeader,
        IsOwnExport = format.IsOwnExport,
        EmptyWord = format.EmptyWord,
    };

    public TableFormat Over(TableFormat format) => !HasReading ? format : format with
    {
        Encoding = Encoding ?? format.Encoding,
        Delimiter = Delimiter switch { "comma" => ',', "semicolon" => ';', "tab" => '\t', "bar" => '|', _ => format.Delimiter },
        Sheet = format.Sheet is null ? null : Sheet ?? format.Sheet,
        HasHeader = HasHeader,
        IsOwnExport = IsOwnExport,
        EmptyWord = string.IsNullOrWhiteSpace(EmptyWord) ? null : EmptyWord.Trim(),
    };

    public static string NameOf(char delimiter) => delimiter switch { ',' => "comma", ';' => "semicolon", '\t' => "tab", '|' => "bar", _ => "other" };
}
