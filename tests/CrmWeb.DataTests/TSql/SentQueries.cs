using System.Linq.Expressions;
using System.Reflection;
using CrmWeb.Data.Common;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;
using static CrmWeb.DataTests.TSql.SentQuery;

namespace CrmWeb.DataTests.TSql;

/// <summary>
/// Every method of every service that talks to the database. A new method is one line: in <see cref="All"/>, called with anything that lets it reach its
/// queries, or in <see cref="Silent"/> with the reason why it sends none. Until then a test fails and names it.
/// </summary>
internal static class SentQueries
{
    private const long Id = SilentReader.Id;
    private static readonly Guid Version = SilentReader.Version;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static IReadOnlyList<SentQuery> All(RecordCatalogue catalogue) =>
    [
        .. catalogue.Types.SelectMany(t => t.Accept(new OfRecords())),
        .. catalogue.Types.SelectMany(OfLists),
        Of<ISearchService>(s => s.FindAsync("halden", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("C-2026-00042", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("+46 31 555 01 80", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("仪", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync("h", 8, Ct)),
        Of<ISearchService>(s => s.FindAsync(catalogue.Of<Customer>(), "info@halden.example", 8, Ct)),
        Of<IHistory>(h => h.SinceAsync("Customer", Id, Version, Ct)),
        Of<IUserProfiles>(p => p.FindAsync(Id, Ct)),
        Of<IUserProfiles>(p => p.FindByEmailAsync("ana@x.example", Ct)),
        Of<FirstRows>(f => f.AddAsync(Ct)),
        Of<Sequences>(s => s.ReserveIds(5_000)),
        Of<Sequences>(s => s.ReserveNumbers("C", 2026, 500)),
        Of<IUnitOfWork>(w => w.SaveAsync(Ct), first: EverythingOfACustomer),
        Of<IDatabaseProvider>(p => p.LockFiguresAsync(null!, new List<long>(), Ct)) with { Run = (s, ct) => s.Db.Provider.LockFiguresAsync(s.Db, [Id, Id + 1], ct) },
        Of<IDatabaseProvider>(p => p.Matching<Customer>(null!, null!, Array.Empty<string>())) with
        {
            Run = (s, ct) => s.Db.Provider.Matching(s.Db, s.Db.Set<Customer>(), ["hald", "50%_[x"]).ToListAsync(ct),
        },
    ];

    /// <summary>Methods that send nothing, or nothing of their own.</summary>
    public static IReadOnlyList<(MethodInfo Method, string Reason)> Silent { get; } =
    [
        (Name<IUnitOfWork>(w => w.Forget()), "drops what is in memory"),
        (Name<IRepository<Customer>>(r => r.Add(null!)), "kept for the save"),
        (Name<IRepository<Customer>>(r => r.AddPart(new object())), "kept for the save"),
        (Name<Sequences>(s => s.NextId()), "one of ReserveIds"),
        (Name<IDatabaseProvider>(p => p.Use(null!, "")), "configures"),
        (Name<IDatabaseProvider>(p => p.Configure(null!)), "configures"),
        (Name<IDatabaseProvider>(p => p.Adapt(null!)), "configures"),
        (Name<IDatabaseProvider>(p => p.IsBusy(null!)), "judges an exception"),
        (Name<IDatabaseProvider>(p => p.UniqueViolation(null!)), "judges an exception"),
        (Name<IDatabaseProvider>(p => p.InsertAsync(null!, null!, null!, Ct)), "bulk copy has no text; its columns are tested"),
        (Name<IDatabaseProvider>(p => p.MigrateAsync(null!, Ct)), "the migration scripts are parsed as a whole"),
    ];

    private static MethodInfo Name<T>(Expression<Action<T>> call) => MethodOf(call.Body);

    private static IEnumerable<SentQuery> OfLists(RecordType type)
    {
        var query = ListQuery.Parse(type, [new("q", "hald")]);
        yield return Of<IListService>(l => l.ReadAsync(type, query, Ct));
        yield return Of<IListService>(l => l.CountAsync(type, query, Ct));
        yield return Of<IListService>(l => l.TotalsAsync(type, query, Ct));
    }

    /// <summary>A save that touches all that the pipeline writes: a customer given away, its people and what was done with it, new and changed and gone.</summary>
    private static async Task EverythingOfACustomer(TestScope scope)
    {
        var customer = await scope.Repository<Customer>().GetAsync(Id, RecordAction.Edit, Ct);
        customer.Assign(21, 22);
        customer.Email = "new@x.example";
        var activity = await scope.Repository<Activity>().GetAsync(Id, RecordAction.Edit, Ct);
        activity.Subject = "Changed";
        var contact = new Contact { FamilyName = "Duarte" };
        scope.Repository<Contact>().Add(contact);
        scope.Repository<Contact>().AddPart(contact.WorkFor(Id, new(2026, 3, 2), current: null)!);
        scope.Repository<Customer>().Add(new() { Name = "Halden" });
        var note = new Activity { Kind = ActivityKind.Note, Subject = "Note", CustomerId = Id };
        note.Complete(new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc));
        scope.Repository<Activity>().Add(note);
        scope.Repository<Customer>().AddPart(customer.Move(LifecycleRules.Next(customer.Lifecycle).First(), "why", new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc), by: 1));
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
            Of<IRepository<T>>(r => r.GetAsync(Id, RecordAction.Edit, Version, Ct)),
            Of<IRepository<T>>(r => r.GetDeletedAsync(Id, Ct)),
            .. typeof(T) == typeof(Customer) ? [Of<IRepository<Customer>>(r => r.Parts<LifecycleMove>(Id, RecordAction.View)), Of<IRepository<Customer>>(r => r.Parts<ContactLink>(Id, RecordAction.Edit))] : Array.Empty<SentQuery>(),
            .. (IEnumerable<SentQuery>)typeof(OfRecords).GetMethod(nameof(OfService), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(T)).Invoke(null, [type])!,
        ];

        private static IEnumerable<SentQuery> OfService<T>(RecordType<T> type) where T : Record, new() =>
        [
            Of<IRecordService<T>>(s => s.OpenAsync(Id, RecordAction.View, Ct)),
            Of<IRecordService<T>>(s => s.CreateAsync(Samples.Values(type), Ct)),
            Of<IRecordService<T>>(s => s.EditAsync(Id, Samples.Values(type), Version, Ct)),
            Of<IRecordService<T>>(s => s.EditAsync(Id, Samples.Values(type), Guid.Empty, Ct)),
            .. typeof(T).IsAssignableTo(typeof(IOwned)) ? [Of<IRecordService<T>>(s => s.AssignAsync(Id, 8, Version, Ct))] : Array.Empty<SentQuery>(),
            Of<IRecordService<T>>(s => s.DeleteAsync(Id, Version, Ct)),
            Of<IRecordService<T>>(s => s.RestoreAsync(Id, Ct)),
        ];
    }
}
