using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>What the audit keeps as the reason of a save that a mechanism made; what people wrote themselves stands there as they wrote it.</summary>
public static class WhyText
{
    private const string UndoMark = "undo:", RedoMark = "redo:";

    /// <summary>The save takes back another operation.</summary>
    /// <param name="why">Why that one was saved: what takes an undo back does something again.</param>
    public static string Undo(long operation, string? why) => (IsUndo(why) ? RedoMark : UndoMark) + operation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the save took something back.</summary>
    public static bool IsUndo(string? why) => why?.StartsWith(UndoMark, StringComparison.Ordinal) == true;

    /// <summary>Whether the save did again what had been taken back.</summary>
    public static bool IsRedo(string? why) => why?.StartsWith(RedoMark, StringComparison.Ordinal) == true;
}
