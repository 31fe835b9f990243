using System.Reflection;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore;
using static CrmWeb.DataTests.TSql.SentQueries;
using static CrmWeb.DataTests.TSql.SentQuery;

namespace CrmWeb.DataTests.TSql;

/// <summary>What serves all modules: records, lists, search, saving.</summary>
internal static class CommonQueries
{
    private static readonly string[] Hashes = ["a", "b"];

    public static IEnumerable<SentQuery> Sent(RecordCatalogue catalogue) =>
    [
        .. catalogue.Types.SelectMany(t => t.Accept(new OfRecords())),
        .. catalogue.Types.SelectMany(OfLists),
        Of<ISearchService>(s => s.FindAsync("halden", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("C-2026-00042", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("+46 31 555 01 80", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("仪", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("h", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync(catalogue.Of<Customer>(), "info@halden.example", 8, Ct)),
        Of<ISearchService>(s => s.FirstAsync(catalogue.Of<Customer>(), 8, Ct)),
        Of<ISearchService>(s => s.TitlesAsync("Customer", new List<long> { Id, Id + 1 }, Ct)),
        Of<IViewService>(v => v.ReadAsync(catalogue.Of<Customer>(), new List<KeyValuePair<string, string>>(), Ct)),
        Of<IViewService>(v => v.AddAsync(catalogue.Of<Customer>(), new("Mine", Audience.Me, ""), Ct)),
        Of<IViewService>(v => v.ReadAsync(Id, Ct)),
        Of<IViewService>(v => v.PinAsync(catalogue.Of<Customer>(), "all", true, Ct)),
        Of<IViewStates>(v => v.OfAsync(Id, Ct)),
        Of<ISelections>(s => s.OfAsync(Id, "Customer", "all", Ct)),
        Of<ISelections>(s => s.KeepAsync(Chosen(), Ct)),
        Of<ISelections>(s => s.TidyAsync(Now, Ct)),
        Of<IIdempotencyKeys>(k => k.FindAsync("0A1B", Ct)),
        Of<IIdempotencyKeys>(k => k.TidyAsync(Now, Ct)),
        Of<IBulkRuns>(b => b.LeftAsync(Id, 0, 100, Ct)) with // reasons are JSON, which canned rows do not hold
        {
            Run = (s, ct) => s.Repository<BulkRun>().Parts<BulkRow>(Id).Where(r => r.RecordId > 0).OrderBy(r => r.RecordId).Take(100).ToListAsync(ct),
        },
        Of<IHistoryService>(h => h.OfRecordAsync(catalogue.Of<Customer>(), Id, null, Ct)),
        Of<ITrash>(t => t.ReadAsync(new(null, "hald"), null, Ct)),
        Of<ITrash>(t => t.ReadAsync(new("Customer"), new MomentPlace(DateTime.UnixEpoch, Id).ToString(), Ct)),
        Of<IBelongings>(b => b.CountAsync(new List<long> { Id, Id + 1 }, Ct)),
        Of<ITrash>(t => t.RestoreAsync("Customer", Id, Ct)),
        Of<IImportService>(i => i.RecentAsync(Ct)),
        Of<IImportService>(i => i.RejectedAsync(Id, 0, 100, Ct)) with // reasons are JSON, which canned rows do not hold
        {
            Run = (s, ct) => s.Repository<ImportRun>().Parts<ImportRow>(Id).Where(r => r.Outcome == ImportOutcome.Rejected && r.Line > 0).OrderBy(r => r.Line).Take(100).ToListAsync(ct),
        },
        Of<IImportReset>(i => i.BeginAsync(Id, true, Ct)),
        Of<IImportReset>(i => i.DropFixesAsync(Id, Ct)),
        Of<IFileUsage>(u => u.OfAsync(Id, Ct)),
        Of<IFileUsage>(u => u.ReferredAsync(Hashes, Ct)),
        Of<IFileUsage>(u => u.NewestAsync(100, Ct)),
        Of<IDatabaseState>(d => d.FitAsync(Ct)),
        Of<IDatabaseState>(d => d.DamageAsync(Ct)),
        Of<IDatabaseState>(d => d.NeedsKeysAsync(Ct)),
        Of<IRecordMatcher>(m => m.FindAsync("Customer", new List<MatchKey> { new(MatchKind.Name, "halden"), new(MatchKind.Email, "a@x.example") }, Ct)),
        Of<IRecordMatcher>(m => m.ColleaguesAsync(Ct)),
        Of<IRecordMatcher>(m => m.TagsAsync("Customer", Ct)),
        Of<FirstRows>(f => f.AddAsync(Ct)),
        Of<Sequences>(s => s.ReserveIds(5_000)),
        Of<Sequences>(s => s.ReserveNumbers("C", 2026, 500)),
        Of<IDatabaseProvider>(p => p.LockFiguresAsync(null!, new List<long>(), Ct)) with { Run = (s, ct) => s.Db.Provider.LockFiguresAsync(s.Db, [Id, Id + 1], ct) },
        Of<IDatabaseProvider>(p => p.Matching<Customer>(null!, null!, Array.Empty<string>())) with
        {
            Run = (s, ct) => s.Db.Provider.Matching(s.Db, s.Db.Set<Customer>(), ["hald", "50%_[x"]).ToListAsync(ct),
        },
    ];

    public static IEnumerable<(MethodInfo, string)> Silent { get; } =
    [
        Quiet<IUnitOfWork>(w => w.Forget(), "drops what is in memory"),
        Quiet<ISelectionService>(s => s.FindAsync(null!, null!, Ct), "reads by ISelections"),
        Quiet<ISelectionService>(s => s.ChooseAsync(null!, null!, Array.Empty<long>(), Array.Empty<long>(), Ct), "keeps by ISelections"),
        Quiet<ISelectionService>(s => s.ChooseAllAsync(null!, null!, Ct), "keeps by ISelections"),
        Quiet<ISelectionService>(s => s.ClearAsync(null!, null!, Ct), "keeps by ISelections"),
        Quiet<IBulkRows>(b => b.Leave(null!), "drops what is in memory"),
        Quiet<IBulkService>(b => b.PreviewAsync(null!, null!, BulkAction.Edit, Ct), "reads by IBulkRows"),
        Quiet<IBulkService>(b => b.RunAsync(null!, null!, null!, default, Ct), "reads by IBulkRows, and saves records as any save does"),
        Quiet<IBulkRuns>(b => b.ShowAsync(Id, Ct), "reads the run and its progress by their ids"),
        Quiet<IBulkRuns>(b => b.StopAsync(Id, Ct), "changes the run as any record; stopping the work is named by itself"),
        Quiet<IBulkRuns>(b => b.LeftFileAsync(Id, Ct), "reads as LeftAsync does"),
        Quiet<IRecordService<Customer>>(s => s.MayAsync(new List<long>(), RecordAction.Edit, Ct), "asks as the repository for many does, and only where less may be done than seen"),
        Quiet<ListRows>(l => l.Of<Customer>(null!, null!, RecordAction.View), "what lists and exports begin with, which are named by themselves"),
        Quiet<ListRows>(l => l.Walked<Customer>(null!, null!, RecordAction.View), "what lists, their numbers and exports begin with, which are named by themselves"),
        Quiet<IHistoryService>(h => h.FormerAsync(null!, Id, 1, "", Ct), "reads by IHistory, which is named by itself; what it looks for stands in no canned row"),
        Quiet<IUndoService>(u => u.PreviewAsync(Id, Ct), "reads by IHistory and the import's own service, which are named by themselves"),
        Quiet<IUndoService>(u => u.UntilAsync(Id, Ct), "reads by IHistory, and the progress by its id"),
        Quiet<IUndoService>(u => u.UndoAsync(Id, Ct), "what the silent server tells of was done too long ago; it reads by IHistory and IRepository, which are named by themselves"),
        Quiet<IExportService>(e => e.OpenAsync(null!, null!, ExportFormat.Csv, ExportColumns.All, Ct), "reads by IExportRows and notes it as any event of access"),
        Quiet<IImportService>(i => i.StartAsync("Customer", "a.csv", null!, Ct), "adds a run as any record"),
        Quiet<IImportService>(i => i.ShowAsync(Id, Ct), "reads the run and its progress by their ids"),
        Quiet<IImportService>(i => i.SetFormatAsync(Id, null!, null, Ct), "changes the run as any record"),
        Quiet<IImportService>(i => i.SampleAsync(Id, Ct), "reads the run by its id"),
        Quiet<IImportService>(i => i.MatchAsync(Id, null!, Ct), "changes the run as any record"),
        Quiet<IImportService>(i => i.ToFixAsync(Id, 0, 20, Ct), "reads as RejectedAsync does, and the file"),
        Quiet<IImportService>(i => i.FixAsync(Id, null!, Ct), "changes the run's rows by their lines"),
        Quiet<IImportService>(i => i.SuggestAsync(Id, Ct), "changes the run as any record"),
        Quiet<IImportService>(i => i.Template("Customer", ExportFormat.Csv), "no database"),
        Quiet<IImportService>(i => i.MapValuesAsync(Id, null!, Ct), "changes the run as any record; people are found by IRecordMatcher"),
        Quiet<IImportService>(i => i.CheckAsync(Id, Ct), "changes the run as any record"),
        Quiet<IImportService>(i => i.RunAsync(Id, Ct), "changes the run as any record"),
        Quiet<IImportService>(i => i.RunNowAsync(Id, true, null!, Ct), "calls services that are named by themselves"),
        Quiet<IImportService>(i => i.StopAsync(Id, Ct), "changes the run as any record; stopping the work is named by itself"),
        Quiet<IImportService>(i => i.WriteRejectedAsync(Id, null!, Ct), "reads as RejectedAsync does"),
        Quiet<IFileStore>(f => f.ReceiveAsync(null!, 1, Ct), "no database"),
        Quiet<IFileStore>(f => f.SizeOf(""), "no database"),
        Quiet<IFileStore>(f => f.All(), "no database"),
        Quiet<IFileStore>(f => f.TidyAsync(default, null!, Ct), "no database"),
        Quiet<IFileStore>(f => f.Open(""), "no database"),
        Quiet<IImagePreviews>(p => p.MakeAsync(null!, 1, Ct), "no database"),
        Quiet<IImportHooks<Customer>>(h => h.Normalize(null!, null!), "no database"),
        Quiet<IImportHooks<Customer>>(h => h.Prepare(null!, null!, true, null!), "reads the owner's team by his id"),
        Quiet<IImportHooks<Customer>>(h => h.MayTieAsync(Id, Id, Ct), "reads parents by their ids, as the hooks of a customer do"),
        Quiet<IAttachmentService>(a => a.AddAsync(Id, "a.pdf", null!, Ct), "adds a file as any record"),
        Quiet<IAttachmentService>(a => a.ReplaceAsync(Id, Guid.Empty, "a.pdf", null!, Ct), "changes a file as any record"),
        Quiet<IAttachmentService>(a => a.OpenAsync(Id, null, Ct), "reads the file by its id, and its versions as ShowAsync does"),
        Quiet<IAttachmentService>(a => a.PreviewAsync(Id, Ct), "reads the file as OpenAsync does"),
        Quiet<IRepository<Customer>>(r => r.Add(null!), "kept for the save"),
        Quiet<IRepository<Customer>>(r => r.AddPart(new object()), "kept for the save"),
        Quiet<IRepository<Customer>>(r => r.RemovePart(new object()), "kept for the save"),
        Quiet<Sequences>(s => s.NextId(), "one of ReserveIds"),
        Quiet<IViewService>(v => v.EditAsync(Id, null!, default, Ct), "changes the view as any record"),
        Quiet<IViewService>(v => v.DeleteAsync(Id, default, Ct), "changes the view as any record"),
        Quiet<IViewService>(v => v.ResetAsync(null!, "all", Ct), "remembers it in memory"),
        Quiet<IViewService>(v => v.OpenAsync(null!, null!, Ct), "asks as ReadAsync does"),
        Quiet<IViewService>(v => v.PinnedAsync(Ct), "asks for names of views as ReadAsync does"),
        Quiet<IViewStates>(v => v.KeepAsync(null!, Ct), "remembers it in memory"),
        Quiet<IViewStates>(v => v.FlushAsync(Ct), "updates or adds a row by its key"),
        Quiet<IDatabaseProvider>(p => p.Use(null!, ""), "configures"),
        Quiet<IDatabaseProvider>(p => p.Configure(null!), "configures"),
        Quiet<IDatabaseProvider>(p => p.Adapt(null!), "configures"),
        Quiet<IListService>(l => l.KnownCountAsync(null!, null!, false), "looks into memory"),
        Quiet<ISearchIndex>(i => i.MergeAsync(Ct), "the server has no index of ours"),
        Quiet<IDatabaseProvider>(p => p.MergeSearchAsync(null!, Ct), "the server has no index of ours"),
        Quiet<IDatabaseProvider>(p => p.IsBusy(null!), "judges an exception"),
        Quiet<IDatabaseProvider>(p => p.IsFull(null!), "judges an exception"),
        Quiet<IDatabaseState>(d => d.ObstacleOf(null!), "judges an exception"),
        Quiet<IDatabaseProvider>(p => p.UniqueViolation(null!), "judges an exception"),
        Quiet<IDatabaseProvider>(p => p.InsertAsync(null!, null!, null!, Ct), "bulk copy has no text"),
        Quiet<IDatabaseProvider>(p => p.MigrateAsync(null!, Ct), "the migration scripts are parsed as a whole"),
        Quiet<IDatabaseProvider>(p => p.MigrationsAsync(null!, Ct), "asked for by IDatabaseState"),
        Quiet<IDatabaseProvider>(p => p.ExamineAsync(null!, Ct), "asked for by IDatabaseState"),
        Quiet<IDatabaseProvider>(p => p.Fault(""), "reads a connection string"),
        Quiet<IDatabaseProvider>(p => p.BackupAsync("", Ct), "the server's own business"),
        Quiet<IDatabaseProvider>(p => p.RestoreAsync(null!, "", Ct), "the server's own business"),
        Quiet<IBulkWriter>(w => w.Add<Customer>(null!), "kept for the save"),
        Quiet<IBulkWriter>(w => w.AddPart(new object()), "kept for the save"),
        Quiet<IBulkWriter>(w => w.SaveAsync(Ct), "bulk copy has no text; the rest is what a save sends"),
        Quiet<IBulkWriter>(w => w.SaveAsync(null, Ct), "bulk copy has no text; the rest is what a save sends"),
        Quiet<IPastWriter>(w => w.Add<Customer>(null!, default, 1), "kept for the save"),
        Quiet<IPastWriter>(w => w.AddEdit(null!, "", null, null, default, 1), "kept for the save"),
        Quiet<IRecordHooks<Customer>>(h => h.BeforeSaveAsync(null!, null!, true, Ct), "called by IRecordService, which is run for every type"),
        Quiet<IRecordHooks<Customer>>(h => h.Normalize(null!), "no database"),
        Quiet<IRecordHooks<Customer>>(h => h.CheckAsync(null!, null!, Ct), "called by IRecordService, which is run for every type"),
        Quiet<IRecordHooks<Customer>>(h => h.BeforeDeleteAsync(null!, Ct), "called by IRecordService, which is run for every type"),
    ];

    private static IEnumerable<SentQuery> OfLists(RecordType type)
    {
        var query = ListQuery.Parse(type, [new("q", "hald")]);
        yield return Of<IListService>(l => l.ReadAsync(type, query, Ct));
        yield return Of<IListService>(l => l.TotalsAsync(type, query, Ct));
        yield return Of<IListService>(l => l.CountAsync(type, query, Ct));
        foreach (var sent in type.BulkFields.Any() ? OfBulk(type) : [])
            yield return sent;
        IReadOnlyList<Field> fields = [.. type.With(FieldUse.Export)];
        if (fields.Count == 0)
            yield break;
        yield return Of<IExportRows>(e => e.CountAsync(type, query, 100, Ct));
        yield return Of<IExportRows>(e => e.ReadAsync(type, query, fields, Ct)) with
        {
            Run = async (s, ct) =>
            {
                await foreach (var _ in s.Get<IExportRows>().ReadAsync(type, query, fields, ct))
                    break;
            },
        };
    }

    private static readonly List<long> Some = [Id, Id + 1];

    private static DateTime Now => new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static Selection Chosen()
    {
        var chosen = new Selection { UserId = Id, Type = "Customer", View = "all" };
        chosen.Choose(Some, Some, Now);
        return chosen;
    }

    private static IEnumerable<SentQuery> OfBulk(RecordType type)
    {
        var (all, most) = (ListQuery.Parse(type, []), ListQuery.Parse(type, [new("q", "hald")]));
        foreach (var chosen in new Chosen[] { new(all, IsAll: false, Some, Now), new(most, IsAll: true, [], Now), new(all, IsAll: true, Some, Now) })
        {
            yield return Of<IBulkRows>(b => b.CountAsync(type, chosen, RecordAction.Edit, Ct));
            yield return Of<IBulkRows>(b => b.SampleAsync(type, chosen, RecordAction.Delete, 5, Ct));
            yield return type.Accept(new OfNext(chosen));
        }
    }

    private sealed class OfNext(Chosen chosen) : IRecordTypeVisitor<SentQuery>
    {
        public SentQuery Visit<T>(RecordType<T> type) where T : Record => Of<IBulkRows>(b => b.NextAsync(type, chosen, RecordAction.Edit, 0, 500, Ct));
    }

    private sealed class OfRecords : IRecordTypeVisitor<IEnumerable<SentQuery>>
    {
        public IEnumerable<SentQuery> Visit<T>(RecordType<T> type) where T : Record =>
        [
            Of<IRepository<T>>(r => r.Query(RecordAction.View)),
            Of<IRepository<T>>(r => r.Query(RecordAction.Edit)),
            Of<IRepository<T>>(r => r.Trash()),
            Of<IRepository<T>>(r => r.ReadAsync(Id, RecordAction.Edit, x => x.SortKey, Ct)),
            Of<IRepository<T>>(r => r.GetAsync(Id, RecordAction.Edit, Ct)),
            Of<IRepository<T>>(r => r.GetAsync(Id, RecordAction.Edit, Shown, Ct)),
            Of<IRepository<T>>(r => r.GetAsync(new List<long> { Id, Id + 1 }, RecordAction.Edit, Ct)),
            Of<IRepository<T>>(r => r.GetDeletedAsync(Id, Ct)),
            Of<IRepository<T>>(r => r.GetDeletedAsync(new List<long> { Id, Id + 1 }, Ct)),
            .. (IEnumerable<SentQuery>)typeof(OfRecords).GetMethod(nameof(OfService), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(T)).Invoke(null, [type])!,
        ];

        private static IEnumerable<SentQuery> OfService<T>(RecordType<T> type) where T : Record, new() =>
        [
            Of<IRecordService<T>>(s => s.OpenAsync(Id, RecordAction.View, Ct)),
            Of<IRecordService<T>>(s => s.MayAsync(Id, RecordAction.Edit, Ct)),
            .. typeof(T) == typeof(Attachment) ? Array.Empty<SentQuery>() : [Of<IRecordService<T>>(s => s.CreateAsync(Samples.Values(type), Ct))], // a file is made by its upload
            Of<IRecordService<T>>(s => s.EditAsync(Id, Samples.Values(type), Shown, Ct)),
            Of<IRecordService<T>>(s => s.EditAsync(Id, Samples.Values(type), SilentReader.Earlier, Ct)),
            .. typeof(T).IsAssignableTo(typeof(IOwned)) ? [Of<IRecordService<T>>(s => s.AssignAsync(Id, 8, Shown, Ct))] : Array.Empty<SentQuery>(),
            Of<IRecordService<T>>(s => s.DeleteAsync(Id, Shown, Ct)),
            Of<IRecordService<T>>(s => s.RestoreAsync(Id, Ct)),
        ];
    }
}
