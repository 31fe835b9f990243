using CrmWeb.Services.Automation;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

public static class CommonServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddCommon() => services
            .AddScoped<RecordCatalogue>()
            .AddScoped<FileQuota>()
            .AddScoped<ImportEngine>()
            .AddScoped<ImportChecks>()
            .AddScoped<EarlierMatch>()
            .AddScoped<ImportFixes>()
            .AddScoped<IImportService, ImportService>()
            .AddScoped<IWorkHandler, ImportCheckWork>()
            .AddScoped<IWorkHandler, ImportRunWork>()
            .AddScoped<IExportService, ExportService>()
            .AddScoped<ISelectionService, SelectionService>()
            .AddScoped<BulkEngine>()
            .AddScoped<BulkStart>()
            .AddScoped<UndoRun>()
            .AddScoped<IBulkService, BulkService>()
            .AddScoped<IBulkRuns, BulkRuns>()
            .AddScoped<IWorkHandler, BulkWork>()
            .AddScoped<RecordChecks>()
            .AddScoped<Operation>()
            .AddScoped<Once>()
            .AddScoped<IUndoService, UndoService>()
            .AddScoped<HistoryNames>()
            .AddScoped<IHistoryService, HistoryService>()
            .AddScoped<ITrash, Trash>()
            .AddSingleton<ListCache>()
            .AddScoped<IViewService, ViewService>()
            .AddScoped(typeof(IRecordService<>), typeof(RecordService<>));
    }
}
