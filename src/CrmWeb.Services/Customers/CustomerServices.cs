using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Customers;

public static class CustomerServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddCustomers() => services
            .AddScoped<IScheduledJob, FiguresRecount>()
            .AddSingleton<RecordType, CustomerType>()
            .AddSingleton<RecordType, ContactType>()
            .AddSingleton<RecordType, ActivityType>()
            .AddSingleton<RecordType, AttachmentType>()
            .AddScoped<IAttachmentService, AttachmentService>()
            .AddScoped<SameRecords>()
            .AddScoped<IRecordHooks<Customer>, CustomerHooks>()
            .AddScoped<IRecordHooks<Contact>, ContactHooks>()
            .AddScoped<IRecordHooks<Activity>, ActivityHooks>()
            .AddScoped<IRecordHooks<Attachment>, AttachmentHooks>()
            .AddScoped<IImportHooks<Customer>, CustomerImport>()
            .AddScoped<IImportHooks<Contact>, ContactImport>()
            .AddScoped<IImportHooks<Activity>, ActivityImport>()
            .AddScoped<CustomerTies>()
            .AddScoped<CustomerReader>()
            .AddScoped<IBelongings, CustomerBelongings>()
            .AddScoped<ICustomerService, CustomerService>()
            .AddScoped<IContactService, ContactService>()
            .AddScoped<IConsentService, ConsentService>()
            .AddScoped<IRelationshipService, RelationshipService>()
            .AddScoped<CustomerShares>()
            .AddScoped<SharePeople>()
            .AddScoped<ISharingService, SharingService>()
            .AddScoped<IActivityService, ActivityService>()
            .AddScoped<IQuietCustomers, QuietCustomers>()
            .AddScoped<ITimelineService, TimelineService>();
    }
}
