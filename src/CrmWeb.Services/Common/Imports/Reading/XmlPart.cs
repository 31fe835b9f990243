using System.Text;
using System.Xml;

namespace CrmWeb.Services.Common;

/// <summary>One part of a workbook, read forward: no document type, nothing from outside, no deeper than such parts are.</summary>
internal sealed class XmlPart : IDisposable
{
    private const int Deepest = 32;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true };

    private readonly BoundedStream bytes;
    private readonly XmlReader xml;

    public XmlPart(BoundedStream bytes) => (this.bytes, xml) = (bytes, XmlReader.Create(bytes, Settings));

    public string Name => xml.LocalName;
    public int Depth => xml.Depth;
    public bool IsEmpty => xml.IsEmptyElement;

    /// <summary>The attribute by its own name, in whatever namespace.</summary>
    public string? this[string name] => xml.GetAttribute(name);

    public string? Relation => xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");

    /// <summary>Goes to the next element; false at the end.</summary>
    public bool NextElement()
    {
        while (Next())
        {
            if (xml.NodeType == XmlNodeType.Element)
                return true;
        }
        return false;
    }

    /// <summary>Goes to the next element inside of the one at a depth; false at its end.</summary>
    public bool NextElement(int within)
    {
        while (Next() && xml.Depth > within)
        {
            if (xml.NodeType == XmlNodeType.Element)
                return true;
        }
        return false;
    }

    /// <summary>A row or an entry begins here.</summary>
    public void Mark() => bytes.Mark();

    /// <summary>Text of the element it stands on, without how it is pronounced; stands on its end afterwards.</summary>
    public string Text()
    {
        if (xml.IsEmptyElement)
            return "";
        var (depth, text, takes, pronounced) = (xml.Depth, new StringBuilder(), xml.LocalName is "v" or "t", (int?)null);
        while (Next() && xml.Depth > depth)
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when !xml.IsEmptyElement:
                    pronounced ??= xml.LocalName == "rPh" ? xml.Depth : null;
                    takes = xml.LocalName == "t" && pronounced is null;
                    break;
                case XmlNodeType.EndElement:
                    pronounced = pronounced == xml.Depth ? null : pronounced;
                    takes = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when takes:
                    text.Append(xml.Value);
                    break;
            }
        }
        return Unescaped(text);
    }

    public void Dispose() => xml.Dispose();

    private bool Next()
    {
        if (!xml.Read())
            return false;
        return xml.Depth <= Deepest ? true : throw new XmlException("The part is nested too deeply.");
    }

    /// <summary>Characters that XML cannot hold are written as _x000D_.</summary>
    private static string Unescaped(StringBuilder text)
    {
        var plain = text.ToString();
        if (!plain.Contains("_x", StringComparison.Ordinal))
            return plain;
        text.Clear();
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain.AsSpan(i) is ['_', 'x', _, _, _, _, '_', ..] && ushort.TryParse(plain.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 6;
            }
            else
            {
                text.Append(plain[i]);
            }
        }
        return text.ToString();
    }
}
