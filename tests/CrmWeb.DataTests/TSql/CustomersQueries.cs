using System.Buffers.Text;
using System.Reflection;
using System.Text;
using CrmWeb.Data.Customers;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using static CrmWeb.DataTests.TSql.SentQueries;
using static CrmWeb.DataTests.TSql.SentQuery;

namespace CrmWeb.DataTests.TSql;

/// <summary>Customers, contacts, activities.</summary>
internal static class CustomersQueries
{
    private static readonly long[] Others = [9];
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    public static IEnumerable<SentQuery> Sent(RecordCatalogue catalogue) =>
    [
        Of<IUnitOfWork>(w => w.SaveAsync(Ct), first: EverythingOfACustomer),
        Of<IRepository<Customer>>(r => r.Parts<LifecycleMove>(Id, RecordAction.View)),
        Of<IRepository<Contact>>(r => r.Parts<ContactLink>(Id, RecordAction.Edit)),
        Of<IFigures>(f => f.RecountAsync(0, 50, Ct)),
        Of<IDuplicateFinder>(d => d.FindAsync(catalogue.Of<Customer>(), Samples.Values(catalogue.Of<Customer>()), null, Ct)),
        Of<IDuplicateFinder>(d => d.FindAsync(catalogue.Of<Contact>(), Samples.Values(catalogue.Of<Contact>()), Id, Ct)),
        Of<IDuplicateFinder>(d => d.SureAsync(new Customer { Email = "x@x.example" }, Ct)),
        Of<IDifferentPairs>(d => d.KeepAsync<Customer>(Id, Others, Ct)),
        Of<ICustomerService>(c => c.ShowAsync(Id, Ct)),
        Of<IContactService>(c => c.ShowAsync(Id, Ct)),
        Of<IContactService>(c => c.ChangeEmployerAsync(Id, null, SilentReader.Version, Ct)),
        Of<IConsentService>(c => c.RecordAsync(new RecordConsent(Id, 44, ConsentPurpose.Marketing, Channel.Email, LawfulBasis.Consent, ConsentState.Granted, "call", null), Ct)),
        Of<IConsentService>(c => c.OfContactAsync(Id, Ct)),
        Of<IAttachmentService>(a => a.ShowAsync(Id, Ct)),
        Of<IRelationshipService>(r => r.AddAsync(new AddRelationship(Id, RelationshipKind.PartnerOf, 43, null, null), Ct)),
        Of<IRelationshipService>(r => r.EndAsync(Id, Ct)),
        Of<ISharingService>(s => s.ShowAsync(Id, Ct)),
        Of<ISharingService>(s => s.ShareAsync(new ShareCustomer(Id, 44, null, true), Ct)),
        Of<ISharingService>(s => s.ShareAsync(new ShareCustomer(Id, null, 45, false), Ct)),
        Of<ISharingService>(s => s.EndAsync(Id, 44, Ct)),
        Of<IShareStore>(s => s.CountAsync(Id, Ct)),
        Of<ICustomerService>(c => c.MoveAsync(Id, new MoveCustomer(Lifecycle.Active, "why", Shown), Ct)),
        Of<IQuietCustomers>(q => q.ReadAsync(5, Ct)),
        .. Enum.GetValues<TimelineFilter>().Select(f => Of<ITimelineService>(t => t.OfCustomerAsync(Id, f, null, Ct))),
        Of<ITimelineService>(t => t.OfContactAsync(Id, TimelineFilter.Everything, Before, Ct)),
        Of<IActivityService>(a => a.LogAsync(Log, Ct)),
        Of<IActivityService>(a => a.CompleteAsync(Id, Ct)),
        Of<IActivityService>(a => a.ReopenAsync(Id, Ct)),
        Of<IActivityService>(a => a.PostponeAsync(Id, new DateOnly(2026, 4, 1), Ct)),
        Of<IActivityService>(a => a.DueAsync(20, Ct)),
    ];

    public static IEnumerable<(MethodInfo, string)> Silent { get; } =
    [
        Quiet<HiddenMatches>(h => h.FindAsync<Customer>(null!, null!, null!, null!, Ct), "asked by the finder of duplicates"),
        Quiet<DifferentPairs>(d => d.Of(Id), "asked by the finder of duplicates"),
        Quiet<DifferentPairs>(d => d.KeepAsync<Customer>(Id, Others, Ct), "named as IDifferentPairs"),
    ];

    /// <summary>A place in a timeline, as a page of it gives it.</summary>
    private static string Before => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Noon.Ticks}.{Id}"));

    private static LogActivity Log => new(ActivityKind.Call, Id, Id, "Asked for the offer", "Wants it by Friday", NextStep: "Send the offer", NextStepOn: new(2026, 3, 6));

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
        note.Complete(Noon);
        scope.Repository<Activity>().Add(note);
        scope.Repository<Customer>().AddPart(customer.Move(LifecycleRules.Next(customer.Lifecycle).First(), "why", Noon, by: 1));
    }
}
