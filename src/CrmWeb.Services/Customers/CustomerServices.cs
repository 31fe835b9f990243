using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Customers;

public static class CustomerServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddCustomers() => services
            .AddSingleton<RecordType, CustomerType>()
            .AddSingleton<RecordType, ContactType>()
            .AddSingleton<RecordType, ActivityType>();
    }
}
