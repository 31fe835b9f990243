namespace CrmWeb.Benchmarks;

/// <summary>Something a user does again and again, at addresses that both servers answer.</summary>
/// <param name="Mark">What begins each row of the product's answer; the bare server's rows begin with <see cref="BareMark"/>.</param>
/// <param name="Paths">Asked for in turn.</param>
/// <param name="Rows">How many rows each answer must hold; null where the bare server says it.</param>
internal sealed record Subject(string Name, string Mark, IReadOnlyList<string> Paths, int? Rows = null)
{
    public const string BareMark = "<tr data-id=";
    public const int PageRows = 50;
    private const string Three = "f.lifecycle.is=Active&f.annualRevenue.ge=1000000&f.kind.is=Organisation";

    /// <summary>Makes something instead of showing it. Then one connection asks, since one writes at a time.</summary>
    public bool IsCreate => Rows == 0;

    /// <summary>A part of a page, fetched after it.</summary>
    public bool IsPart { get; init; }

    /// <summary>Asked for by one who sees only some of the rows.</summary>
    public bool IsNarrow { get; init; }

    /// <param name="database">Where names, places and ids are taken from.</param>
    public static IReadOnlyList<Subject> All(string database)
    {
        const int Variety = 500;
        var sample = new Sample(database);
        return
        [
            new("customers.list", BareMark, ["/customers"], PageRows),
            new("customers.deep", BareMark, [.. sample.Places(Variety).Select(p => $"/customers?after={p}")], PageRows),
            new("customers.filtered", BareMark, ["/customers?f.lifecycle.is=AtRisk"], PageRows),
            new("customers.filtered.three", BareMark, [$"/customers?{Three}"], PageRows),
            new("customers.sorted", BareMark, ["/customers?sort=lastTouch&dir=desc"], PageRows),
            new("customers.narrow", BareMark, ["/customers"], PageRows) { IsNarrow = true },
            new("customers.search", BareMark, [.. sample.Fragments(Variety, fill: true).Select(f => $"/customers?q={f}")], PageRows),
            new("customers.search.zh", BareMark, [.. sample.Pairs(Variety).Select(p => $"/customers?q={Uri.EscapeDataString(p)}")], PageRows),
            new("customers.search.few", BareMark, [.. sample.Fragments(Variety, fill: false).Select(f => $"/customers?q={f}")]),
            new("customers.page", "<li class=\"tl-item\" id=", [.. sample.Ids(Variety).Select(id => $"/customers/{id}")]),
            new("customers.create", "", ["/customers"], 0),
            new("today", "<li data-row", ["/today"]),
            new("customers.totals", "<b>", ["/customers/totals"], sample.Currencies) { IsPart = true },
            new("customers.totals.new", "<b>", [.. Enumerable.Range(1, 5_000).Select(n => $"/customers/totals?f.annualRevenue.ge={n}")], sample.Currencies) { IsPart = true }, // never asked for before
        ];
    }
}
