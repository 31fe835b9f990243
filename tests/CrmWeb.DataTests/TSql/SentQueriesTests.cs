using System.Reflection;
using CrmWeb.Data.Common;
using CrmWeb.Data.SqlServer;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.TSql;

/// <summary>Every query the services send is one SQL Server would take, whoever asks and whatever it answers; and none is missing here.</summary>
public sealed class SentQueriesTests(ServerlessProduct product) : IClassFixture<ServerlessProduct>
{
    [Theory]
    [InlineData(Scope.Own)]
    [InlineData(Scope.Team)]
    [InlineData(Scope.All)]
    public async Task Every_call_sends_what_SQL_Server_takes(Scope scope)
    {
        var wrong = new List<string>();

        foreach (var query in SentQueries.All(product.Catalogue))
        {
            var (sent, finished) = (0, false);
            foreach (var answer in Enum.GetValues<Answer>())
            {
                product.Server.Answer = answer;
                finished |= await RunAsync(query, scope, answer, wrong);
                var commands = product.Server.Take();
                sent += commands.Count;
                wrong.AddRange(commands.SelectMany(TSqlFaults.In).Select(f => $"{query.Name}: {f}"));
            }
            if (sent == 0)
                wrong.Add($"{query.Name} sent nothing");
            if (!finished && scope == Scope.All)
                wrong.Add($"{query.Name} never came to its end");
        }

        Expect.Nothing(wrong);
    }

    [Fact]
    public void Every_method_of_every_service_is_named()
    {
        var named = SentQueries.All(product.Catalogue).Select(q => q.Method).Concat(SentQueries.Silent.Select(s => s.Method)).ToList();

        var methods = Product.Services(new SqlServerProvider(), "Server=none", TimeProvider.System).Select(d => d.ServiceType).Distinct()
            .Where(t => t.Namespace!.StartsWith("CrmWeb.", StringComparison.Ordinal) && SpeaksToTheDatabase(t)).SelectMany(Methods).DistinctBy(m => (m.Module, m.MetadataToken)).ToList();

        Assert.True(methods.Count > 20, "hardly any service was found");
        Expect.Nothing(methods.Where(m => !named.Exists(n => SentQuery.Same(n, m))).Select(m => $"{m.DeclaringType!.Name}.{m.Name} is neither in {nameof(SentQueries)}.All nor in Silent"));
    }

    [Fact]
    public async Task Two_who_take_the_first_number_of_a_year_wait_for_each_other()
    {
        product.Server.Answer = Answer.Full;
        await using var work = product.As(Scope.All);

        work.Get<Sequences>().ReserveNumbers("C", 2027, 1);

        Assert.Equal(System.Data.IsolationLevel.Serializable, product.Server.Isolation);
        product.Server.Take();
    }

    [Fact]
    public void No_module_is_left_out()
    {
        var known = Product.Services(new SqlServerProvider(), "Server=none", TimeProvider.System).Select(d => d.ServiceType).ToHashSet();

        var modules = typeof(CommonServices).Assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m => m.GetParameters() is [{ ParameterType: var first }] && first == typeof(IServiceCollection)).ToList();

        Assert.True(modules.Count > 3, "hardly any module was found");
        Expect.Nothing(from module in modules
                       let services = new ServiceCollection()
                       where module.Invoke(null, [services]) is not null && services.Any(d => !known.Contains(d.ServiceType))
                       select $"{module.DeclaringType!.Name}.{module.Name} is not in {nameof(Product)}");
    }

    /// <summary>Ports and services; classes only when they are given the database, or the means to get it.</summary>
    private static bool SpeaksToTheDatabase(Type service) => service.IsInterface
        ? service != typeof(ICurrentUser)
        : service.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => p.ParameterType == typeof(CrmDb) || p.ParameterType == typeof(IServiceScopeFactory));

    private static IEnumerable<MethodInfo> Methods(Type service) => service.GetInterfaces().Where(i => service.IsInterface && i.Namespace!.StartsWith("CrmWeb.", StringComparison.Ordinal)).Prepend(service)
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(m => !m.IsSpecialName);

    private async Task<bool> RunAsync(SentQuery query, Scope scope, Answer answer, List<string> wrong)
    {
        await using var work = product.As(scope);
        try
        {
            await query.Run(work, TestContext.Current.CancellationToken);
            return true;
        }
        catch (Exception refused) when (refused is RuleException or RecordNotFoundException or StaleRecordException or AccessDeniedException or EditConflictException)
        {
            return false; // what a made-up answer may well come to
        }
        catch (InvalidOperationException none) when (answer == Answer.Nothing && none.Message.Contains("no elements", StringComparison.Ordinal))
        {
            return false;
        }
        catch (Exception failed)
        {
            wrong.Add($"{query.Name} as {scope}, {answer}: {failed}");
            return false;
        }
    }
}
