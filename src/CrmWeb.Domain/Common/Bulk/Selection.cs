using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Common;

/// <summary>Which rows of a list somebody has chosen: some by their ids, or all that match but a few. Nobody else sees it.</summary>
public sealed class Selection
{
    /// <summary>Most rows chosen one by one, and most left out of all.</summary>
    public const int MostIds = 10_000, MostExcept = 1_000;

    /// <summary>How long it is kept after its last change.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public long UserId { get; init; }

    /// <summary>Name of the record type: "Customer".</summary>
    [MaxLength(40)]
    public string Type { get; init; } = "";

    /// <summary>Key of a view of the product, or id of a saved one.</summary>
    [MaxLength(40)]
    public string View { get; init; } = "";

    /// <summary>Conditions of the list all of whose matches are chosen; null where rows are chosen one by one.</summary>
    public string? Conditions { get; private set; }

    /// <summary>The chosen rows, or those left out where all are chosen; in rising order.</summary>
    public IReadOnlyList<long> Ids { get; private set; } = [];

    /// <summary>Another one after each change: what is done is done with what was shown.</summary>
    public Guid Version { get; private set; }

    /// <summary>UTC of the last change.</summary>
    public DateTime ChangedAt { get; private set; }

    public bool IsAll => Conditions is not null;

    public bool IsEmpty => !IsAll && Ids.Count == 0;

    public bool Holds(long id) => IsAll != Contains(id);

    /// <summary>Whether it is still kept, and speaks of a list with these conditions.</summary>
    /// <param name="now">UTC.</param>
    public bool IsFor(string conditions, DateTime now) => now - ChangedAt < Kept && (!IsAll || string.Equals(Conditions, conditions, StringComparison.Ordinal));

    /// <summary>Of the rows of a page these are chosen and the others not; other pages stay as they are.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="RuleException">It would be more than can be kept.</exception>
    public void Choose(IReadOnlyCollection<long> page, IReadOnlyCollection<long> chosen, DateTime now)
    {
        var (shown, ticked) = (page.ToHashSet(), chosen.ToHashSet());
        var kept = Ids.Where(id => !shown.Contains(id));
        List<long> ids = [.. kept.Concat(shown.Where(id => ticked.Contains(id) != IsAll)).Order()];
        Rule.Require(ids.Count <= (IsAll ? MostExcept : MostIds), IsAll ? "Selection.TooManyLeftOut" : "Selection.TooMany", values: IsAll ? MostExcept : MostIds);

        Change(Conditions, ids, now);
    }

    /// <summary>All rows with these conditions, on whatever page.</summary>
    /// <param name="now">UTC.</param>
    public void ChooseAll(string conditions, DateTime now) => Change(conditions, [], now);

    /// <summary>None.</summary>
    /// <param name="now">UTC.</param>
    public void Clear(DateTime now) => Change(conditions: null, [], now);

    private bool Contains(long id)
    {
        var (low, high) = (0, Ids.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Ids[middle] == id)
                return true;
            (low, high) = Ids[middle] < id ? (middle + 1, high) : (low, middle - 1);
        }
        return false;
    }

    private void Change(string? conditions, IReadOnlyList<long> ids, DateTime now) => (Conditions, Ids, Version, ChangedAt) = (conditions, ids, Guid.CreateVersion7(), now);
}
