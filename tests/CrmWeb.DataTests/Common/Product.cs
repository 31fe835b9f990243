using CrmWeb.Data;
using CrmWeb.Data.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common;

/// <summary>The services of the product as far as data needs them: the same modules as the web application lists.</summary>
internal static class Product
{
    public static IServiceCollection Services(IDatabaseProvider provider, string connection, TimeProvider clock) => new ServiceCollection()
        .AddSingleton(clock)
        .AddLogging().AddLocalizer()
        .AddData(provider, connection).AddCommon().AddAccess().AddCustomers().AddDemo();
}
