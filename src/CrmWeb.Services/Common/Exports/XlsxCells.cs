using System.Globalization;
using System.Xml;

namespace CrmWeb.Services.Common;

/// <summary>Writes the rows of a sheet: numbers, days and moments as what they are, everything else as text.</summary>
internal sealed class XlsxCells(XmlWriter xml, Habits habits)
{
    // As the styles of the workbook are numbered.
    private const string Day = "1", Moment = "2", Quoted = "3", Head = "4";

    /// <summary>A spreadsheet counts days from here on; its first two months are a day off, so that older days are text.</summary>
    private static readonly DateTime First = new(1899, 12, 30), Sound = new(1900, 3, 1);

    public void WriteHead(IEnumerable<string> heads)
    {
        xml.WriteStartElement("row");
        foreach (var head in heads)
            Text(head, Head);
        xml.WriteEndElement();
    }

    public void Write(object?[] row)
    {
        xml.WriteStartElement("row");
        foreach (var cell in row)
            Write(cell);
        xml.WriteEndElement();
    }

    private void Write(object? cell)
    {
        switch (cell)
        {
            case decimal or int or long:
                Value(((IFormattable)cell).ToString(format: null, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                Value(flag ? "1" : "0", type: "b");
                break;
            case DateOnly day when day.ToDateTime(TimeOnly.MinValue) is var at && at >= Sound:
                Value((at - First).TotalDays.ToString(CultureInfo.InvariantCulture), style: Day);
                break;
            case DateTime moment when habits.Local(moment) is var at && at >= Sound: // a cell knows no zone: the clock of the one who reads it
                Value((at - First).TotalDays.ToString(CultureInfo.InvariantCulture), style: Moment);
                break;
            default:
                Text(ExportCell.Text(cell), style: null);
                break;
        }
    }

    private void Value(string value, string? type = null, string? style = null)
    {
        Begin(type, style);
        xml.WriteElementString("v", value);
        xml.WriteEndElement();
    }

    /// <summary>Text is stored as text, never as a formula; what looks like one is marked as quoted, so that it stays text when someone edits the cell.</summary>
    private void Text(string text, string? style)
    {
        var shown = Clean(text);
        if (shown.Length == 0)
        {
            Begin(type: null, style: null);
            xml.WriteEndElement();
            return;
        }
        Begin("inlineStr", style ?? (CsvText.Safe(shown) == shown ? null : Quoted));
        xml.WriteStartElement("is");
        xml.WriteStartElement("t");
        xml.WriteAttributeString("xml", "space", ns: null, "preserve");
        xml.WriteString(shown);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Begin(string? type, string? style)
    {
        xml.WriteStartElement("c");
        if (style is not null)
            xml.WriteAttributeString("s", style);
        if (type is not null)
            xml.WriteAttributeString("t", type);
    }

    /// <summary>Without what XML cannot hold: control characters, halves of pairs.</summary>
    private static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]))
                return string.Concat(text.EnumerateRunes().Where(r => r.Utf16SequenceLength == 2 || XmlConvert.IsXmlChar((char)r.Value)));
        }
        return text;
    }
}
