using CrmWeb.Data.Access;
using CrmWeb.Data.Automation;
using CrmWeb.Data.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data;

/// <summary>Registers everything that reads and writes the database.</summary>
public static class DataServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddData(IDatabaseProvider provider, string connection) => services
            .AddSingleton(_ => provider) // made by the container, so that it ends with it
            .AddDbContext<CrmDb>(
                db =>
                {
                    provider.Use(db, connection);
                    db.ConfigureWarnings(w => w.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning));
                },
                optionsLifetime: ServiceLifetime.Singleton) // the same for every request
            .AddSingleton<Sequences>()
            .AddSingleton<IViewStates, ViewStates>()
            .AddSingleton<ProfileCache>()
            .AddPeople()
            .AddScoped<SavePipeline>()
            .AddScoped<FirstRows>()
            .AddScoped<IIdempotencyKeys, IdempotencyKeys>()
            .AddScoped<IDatabaseState, DatabaseState>()
            .AddScoped<IUnitOfWork>(s => s.GetRequiredService<CrmDb>())
            .AddScoped(typeof(IRepository<>), typeof(EfRepository<>))
            .AddScoped<ListRows>()
            .AddScoped<IListService, ListService>()
            .AddScoped<IExportRows, ExportRows>()
            .AddScoped<ISelections, Selections>()
            .AddScoped<IBulkRows, BulkRows>()
            .AddScoped<ISearchService, SearchService>()
            .AddScoped<ISearchIndex, SearchIndex>()
            .AddScoped<IPastWriter, BulkWriter>()
            .AddScoped<IBulkWriter>(s => s.GetRequiredService<IPastWriter>())
            .AddScoped<IHistory, History>()
            .AddScoped<IRecordMatcher, RecordMatcher>()
            .AddScoped<IImportReset, ImportReset>()
            .AddScoped<IFileUsage, FileUsage>()
            .AddScoped<IWorkQueue, WorkQueue>()
            .AddScoped<IWorkStore, WorkStore>()
            .AddScoped<IOutboxStore, OutboxStore>()
            .AddScoped<IJobHistory, JobHistory>()
            .AddScoped<INotificationStore, NotificationStore>()
            .AddScoped<IFigures, Figures>()
            .AddScoped<IUserProfiles, UserProfiles>()
            .AddScoped<IShareStore, ShareStore>()
            .AddScoped<HiddenMatches>()
            .AddScoped<DifferentPairs>()
            .AddScoped<IDifferentPairs>(s => s.GetRequiredService<DifferentPairs>())
            .AddScoped<IDuplicateFinder, DuplicateFinder>();
    }
}
