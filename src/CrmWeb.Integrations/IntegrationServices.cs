using CrmWeb.Integrations.Files;
using CrmWeb.Integrations.Mail;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Integrations;

/// <summary>Registers the adapters to the world outside.</summary>
public static class IntegrationServices
{
    extension(IServiceCollection services)
    {
        /// <param name="files">Folder of stored files.</param>
        public IServiceCollection AddIntegrations(string files, MailOptions mail) => services
            .AddSingleton<IImagePreviews, SkiaPreviews>()
            .AddSingleton<IFileStore>(new FolderFileStore(files))
            .AddSingleton<IMailTransport>(mail.Host is null ? new FolderTransport(mail) : new SmtpTransport(mail))
            .AddScoped<IScheduledJob, OutboxJob>();
    }
}
