using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Automation;

public static class DemoServices
{
    extension(IServiceCollection services)
    {
        /// <summary>The made-up firm, and made-up customers in any number.</summary>
        public IServiceCollection AddDemo() => services
            .AddScoped<DemoHiring>()
            .AddScoped<IDemoCompany, DemoCompany>()
            .AddScoped<ICustomerSeeder, CustomerSeeder>();
    }
}
