using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Common.Bulk;
using CrmWeb.Web.Customers.Customers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>Builds what the pages of a record type show, from its catalogue entry.</summary>
public sealed class RecordPages<T>(
    IRecordService<T> records, IListService lists, IViewService views, ISearchService search, RecordCatalogue catalogue, ICurrentUser user, TimeProvider clock, IStringLocalizer texts, BulkPages bulk) where T : Record, new()
{
    private const int MostCounted = 20, MostTried = 8;

    public IRecordService<T> Records => records;
    public BulkPages Bulk => bulk;
    public RecordType<T> Type { get; } = catalogue.Of<T>();
    public Habits Habits => user.Habits;
    public DateOnly Today => user.Habits.Today(clock);

    /// <summary>The list an address asks for; only to show it is to have opened it.</summary>
    public Task<OpenList> FindAsync(IQueryCollection asked, CancellationToken ct) => views.ReadAsync(Type, ListAddress.Pairs(asked), ct);

    public async Task<ListView> ListAsync(IQueryCollection asked, CancellationToken ct)
    {
        var open = await views.OpenAsync(Type, ListAddress.Pairs(asked), ct);
        var (query, address) = (open.Query, new ListAddress(open.Pairs));
        var page = await lists.ReadAsync(Type, query, ct);
        var isWhole = query is { After: null, Before: null } && page.After is null; // then its rows are counted already
        var count = isWhole ? page.Rows.Count : await lists.KnownCountAsync(Type, query);
        var chips = await new FilterChips(search, texts, user).OfAsync(query, address, ct);
        return new(Type, open, page, count, await CountsAsync(open), address, chips, user.Access.May<T>(RecordAction.Create), user.Access.May<T>(RecordAction.Import))
        {
            Editable = await EditableAsync(page, ct),
            Selection = await bulk.SelectionAsync(Type, open, count, ct),
            Excluding = isWhole && page.Rows.Count == 0 ? await ExcludingAsync(query, chips, ct) : null,
            MayExport = user.Access.May<T>(RecordAction.Export) && Type.With(FieldUse.Export).Any(),
        };
    }

    /// <summary>The columns of a list in their order, and those it could have, as the address says them.</summary>
    public async Task<ColumnsView> ColumnsAsync(IQueryCollection asked, CancellationToken ct)
    {
        var open = await FindAsync(asked, ct);
        return ColumnsView.Of(Type, asked, open);
    }

    /// <summary>The condition the address adds or changes, or, once it is filled in, the address of the list with it.</summary>
    public async Task<(FilterAdding? Adding, string? Address)> AddingAsync(IQueryCollection asked, ModelStateDictionary state, CancellationToken ct)
    {
        if (FilterAdding.Of(Type, asked) is not { } adding)
            return (null, null);
        return adding.Address(asked, new(ListAddress.Pairs(asked)), Habits, Today, state, texts) is { } address
            ? (null, $"/{Type.Path}{address}")
            : (await adding.FilledAsync(asked, new(search, texts, user), Habits, state, texts, ct), null);
    }

    /// <summary>The present owner, or the one that was sent; null for records nobody owns.</summary>
    public async Task<OwnerForm?> OwnerFormAsync(long id, OwnerForm? sent, CancellationToken ct)
    {
        if (!typeof(IOwned).IsAssignableFrom(typeof(T)))
            return null;
        var record = await records.OpenAsync(id, RecordAction.Assign, ct);
        var form = sent ?? new OwnerForm { Version = record.Version, OwnerId = record.Values.GetValueOrDefault("owner") as long? };
        (form.Type, form.Id, form.Title) = (Type, id, record.Title);
        form.Owner = form.OwnerId is { } owner ? (await search.TitlesAsync("User", [owner], ct)).GetValueOrDefault(owner) : null;
        return form;
    }

    public async Task<TotalsView> TotalsAsync(IQueryCollection asked, CancellationToken ct)
    {
        var open = await FindAsync(asked, ct);
        return new(Type, await lists.TotalsAsync(Type, open.Query, ct), new(open.Pairs));
    }

    /// <summary>Matches of the list's other views, the first ones of very many.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ViewCountsAsync(IQueryCollection asked, CancellationToken ct)
    {
        var (counts, open) = (new Dictionary<string, int>(StringComparer.Ordinal), await FindAsync(asked, ct));
        foreach (var view in open.Views.Where(v => v != open.View).Take(MostCounted))
            counts[view.Key] = await lists.CountAsync(Type, QueryOf(view), ct);
        return counts;
    }

    /// <summary>A form for a new record; the address may fill fields in: ?name=…&amp;customer=42.</summary>
    public async Task<RecordForm> NewFormAsync(IQueryCollection asked, CancellationToken ct)
    {
        var (fields, values) = (FormFields(isNew: true), FieldValues.Of(Type, new T()));
        foreach (var field in fields.Where(f => asked.ContainsKey(f.Key)))
        {
            if (FieldInput.Parse(field, asked[field.Key], Habits, Today) is (var value, null))
                values[field.Key] = value;
        }
        return new(Type, fields, values) { Names = await search.NamesAsync(fields, values, ct) };
    }

    public async Task<RecordForm> EditFormAsync(long id, CancellationToken ct)
    {
        var (fields, record) = (FormFields(isNew: false), await records.OpenAsync(id, RecordAction.Edit, ct));
        return new(Type, fields, record.Values) { Id = id, Version = record.Version, Title = record.Title, Names = await search.NamesAsync(fields, record.Values, ct) };
    }

    public FieldValues Read(IFormCollection sent, bool isNew, ModelStateDictionary state) => RecordForm.Read(sent, FormFields(isNew), Habits, Today, state, texts);

    /// <summary>The form as it was sent; names of references are kept from the page.</summary>
    public RecordForm FormAgain(long? id, Guid version, string? title, FieldValues values, IFormCollection sent, IReadOnlyList<Duplicate> same) => new(Type, FormFields(id is null), values)
    {
        Duplicates = Same(id, values, same),
        Id = id,
        Version = version,
        Title = title,
        Names = sent.Where(s => s.Key.EndsWith(".text", StringComparison.Ordinal)).ToDictionary(s => s.Key[..^5], s => s.Value.ToString(), StringComparer.Ordinal),
    };

    public Field? Inline(string key) => Type.Find(key) is { CanSet: true } field && field.Has(FieldUse.Inline) ? field : null;

    public async Task<RecordForm> FieldFormAsync(long id, Field field, CancellationToken ct)
    {
        var record = await records.OpenAsync(id, RecordAction.Edit, ct);
        return new(Type, [field], record.Values) { Id = id, Version = record.Version, Title = record.Title, Names = await search.NamesAsync([field], record.Values, ct) };
    }

    public RecordForm FieldFormAgain(long id, Guid version, Field field, FieldValues values, IReadOnlyList<Duplicate> same) => new(Type, [field], values) { Id = id, Version = version, Duplicates = Same(id, values, same) };

    private DuplicatesView? Same(long? id, FieldValues values, IReadOnlyList<Duplicate> same) => same.Count == 0 ? null : new(Type, id, same, values.Answer);

    public async Task<FactView> FactAsync(long id, Field field, CancellationToken ct)
    {
        var record = await records.OpenAsync(id, RecordAction.View, ct);
        return new(Type, id, field, record.Values, await search.NamesAsync([field], record.Values, ct), MayEdit: true);
    }

    /// <summary>All fields of a record, for a page of facts.</summary>
    public async Task<EditableRecord> EditableAsync(long id, CancellationToken ct)
    {
        var record = await records.OpenAsync(id, RecordAction.View, ct);
        return new(record, await search.NamesAsync(Type.Fields, record.Values, ct), await records.MayAsync(id, RecordAction.Edit, ct), await records.MayAsync(id, RecordAction.Delete, ct));
    }

    public async Task<HistoryView> HistoryAsync(long id, HistoryPage page, CancellationToken ct)
    {
        var record = await records.OpenAsync(id, RecordAction.View, ct);
        return new(Type, record, page, await records.MayAsync(id, RecordAction.Edit, ct));
    }

    public async Task<ConflictView> ConflictAsync(EditConflict conflict, FieldValues values, CancellationToken ct)
    {
        var who = conflict.TheirUserId is { } them ? (await search.TitlesAsync("User", [them], ct)).GetValueOrDefault(them) : null;
        return new(Type, conflict, who, values);
    }

    private async Task<IReadOnlyDictionary<string, int>> CountsAsync(OpenList open)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var view in open.Views.Where(v => v != open.View))
        {
            if (await lists.KnownCountAsync(Type, QueryOf(view), orBefore: true) is { } known)
                counts[view.Key] = known;
        }
        return counts;
    }

    private async Task<IReadOnlySet<long>> EditableAsync(ListPage page, CancellationToken ct)
    {
        if (page.Rows.Count == 0 || !user.Access.May<T>(RecordAction.Edit) || !page.Columns.Any(ListView.IsEditable))
            return new HashSet<long>();
        return await records.MayAsync([.. page.Rows.Select(r => r.Id)], RecordAction.Edit, ct);
    }

    private async Task<(FilterChip Chip, int Count)?> ExcludingAsync(ListQuery query, IReadOnlyList<FilterChip> chips, CancellationToken ct)
    {
        (FilterChip Chip, int Count)? most = null;
        foreach (var chip in chips.Take(MostTried))
        {
            var without = await lists.CountAsync(Type, query with { Filters = [.. query.Filters.Where(f => f.Name != chip.Name)] }, ct);
            if (without > (most?.Count ?? 0))
                most = (chip, without);
        }
        return most;
    }

    private ListQuery QueryOf(ViewTab view) => ListQuery.Parse(Type, ListQuery.ReadQuery(view.Query));

    private IReadOnlyList<Field> FormFields(bool isNew) =>
        [.. Type.Fields.Where(f => f.Has(FieldUse.Form) && (f.CanSet || f.IsLocked && !isNew) || isNew && f.Kind == FieldKind.Reference && f.Has(FieldUse.Quick))];
}
