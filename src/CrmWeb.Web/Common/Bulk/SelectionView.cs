using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Records;

namespace CrmWeb.Web.Common.Bulk;

/// <summary>What is chosen in a list, as its page shows it.</summary>
/// <param name="Total">All matches of the list; null while they are not counted.</param>
/// <param name="Actions">What can be done with it.</param>
public sealed record SelectionView(RecordType Type, ListAddress Address, Selection Selection, int? Total, IReadOnlyList<BulkAction> Actions)
{
    /// <summary>Name of the form that boxes and buttons outside of it belong to.</summary>
    public const string FormId = "picks";

    private bool IsCounted => Total is <= ListTotals.MostCounted;

    /// <summary>Rows that are chosen; null where nobody has counted them.</summary>
    public int? Count => !Selection.IsAll ? Selection.Ids.Count : IsCounted ? Math.Max(0, Total!.Value - Selection.Ids.Count) : null;

    /// <summary>Whether there are more to choose.</summary>
    public bool HasMore => Selection.IsAll ? Selection.Ids.Count > 0 : Total is null || Total > Selection.Ids.Count;

    /// <summary>Where an action begins.</summary>
    public string At(BulkAction action) => $"/{Type.Path}/bulk/{BulkAddress.Of(action)}{Address.With()}";

    public static string Words(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}

/// <summary>What was ticked on a page of a list, as it is sent.</summary>
public sealed class SelectionForm
{
    /// <summary>Ids of all rows of the page.</summary>
    public string? Page { get; set; }

    /// <summary>Those that are ticked.</summary>
    public long[]? Id { get; set; }
    public bool All { get; set; }
    public bool Clear { get; set; }

    /// <summary>Where to go on; without script.</summary>
    public string? Then { get; set; }

    public IReadOnlyCollection<long> PageIds() =>
        [.. (Page ?? "").Split(',').Take(ListQuery.MostRows + 1).Select(p => long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)];
}

/// <summary>Actions as addresses write them.</summary>
public static class BulkAddress
{
    public static string Of(BulkAction action) => action switch
    {
        BulkAction.Assign => "owner",
        BulkAction.Edit => "fields",
        BulkAction.Tag => "tags",
        _ => "deletion",
    };

    public static BulkAction? Read(string word) => Enum.GetValues<BulkAction>().Select(a => (BulkAction?)a).FirstOrDefault(a => Of(a!.Value) == word);

    public static string Icon(BulkAction action) => action switch
    {
        BulkAction.Assign => "user-check",
        BulkAction.Edit => "pencil",
        BulkAction.Tag => "tag",
        _ => "trash",
    };
}
