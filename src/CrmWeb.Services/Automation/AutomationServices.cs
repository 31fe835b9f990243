using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Automation;

public static class AutomationServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Mails, background work, jobs.</summary>
        public IServiceCollection AddAutomation() => services
            .AddScoped<IMailer, Mailer>()
            .AddScoped<HiddenLinks>()
            .AddScoped<IOutboxService, OutboxService>()
            .AddScoped<INotificationService, NotificationService>()
            .AddSingleton<LiveSignals>()
            .AddScoped<ILiveService, LiveService>()
            .AddScoped<JobStart>()
            .AddScoped<WorkAudit>()
            .AddScoped<WorkNow>()
            .AddScoped<IScheduledJob, TidyJob>()
            .AddScoped<IJobService, JobService>()
            .AddScoped<IWorkService, WorkService>()
            .AddScoped<WorkRecords>()
            .AddScoped<IWorkHandler, RunJobWork>();
    }
}
