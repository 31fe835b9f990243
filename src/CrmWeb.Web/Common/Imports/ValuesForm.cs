using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Imports;

/// <summary>What words of the file mean, as the page sends it: one place of each list for a word.</summary>
public sealed class ValuesForm
{
    private const string Mark = "=";

    public IList<int> Column { get; set; } = [];
    public IList<string?> Text { get; set; } = [];

    /// <summary>Nothing rejects the row, or lets a tag in as it is; "=" leaves the word out; otherwise "=" and the value.</summary>
    public IList<string?> To { get; set; } = [];

    public IReadOnlyList<ValueChoice> ToChoices() =>
        [.. Column.Zip(Text, To).Where(c => !string.IsNullOrEmpty(c.Second)).Select(c => new ValueChoice(c.First, c.Second!, c.Third is { } to && to.StartsWith(Mark, StringComparison.Ordinal) ? to[1..] : null))];

    public static string Sent(string to) => Mark + to;
}

/// <summary>A word of the file and what it can mean.</summary>
/// <param name="Count">How often it was met; null for one that was told already.</param>
/// <param name="To">What it was told to mean.</param>
/// <param name="Tags">Tags that records carry already.</param>
public sealed record WordView(ColumnMap Column, Field Field, string Text, int? Count, string? To, IReadOnlyList<SearchHit> People, IReadOnlyList<string> Tags)
{
    /// <summary>Values and their names.</summary>
    public IEnumerable<(string Value, string Name)> Choices(IStringLocalizer texts) => Field.Kind switch
    {
        FieldKind.Flag => [("true", texts["Yes"]), ("false", texts["No"])],
        FieldKind.Tags => Tags.Select(t => (t, t)),
        FieldKind.Reference => People.Select(p => (FieldText.Write(p.Id)!, p.Title)),
        _ => Field.ChoiceValues.Select(v => (v.ToString(), texts.Name(v).Value)),
    };
}
