using CrmWeb.Integrations.Files;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Integrations;

/// <summary>Registers the adapters to the world outside.</summary>
public static class IntegrationServices
{
    extension(IServiceCollection services)
    {
        /// <param name="files">Folder of stored files.</param>
        public IServiceCollection AddIntegrations(string files) => services
            .AddSingleton<IFileStore>(new FolderFileStore(files));
    }
}
