using System.Net;
using CrmWeb.Web.Access.Rights;
using CrmWeb.WebTests.Common;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

/// <summary>Who may call what: every endpoint there is, called as everyone, against the table of <see cref="Expected"/>.</summary>
public sealed class AccessSweepTests(CrmApp app)
{
    private IEnumerable<RouteEndpoint> Endpoints => app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    [Fact]
    public void Every_endpoint_declares_who_may_call_it_and_a_public_one_nothing_else()
    {
        Assert.NotEmpty(Endpoints);

        Assert.Empty(Endpoints.Where(e => e.Metadata.GetOrderedMetadata<IAccessDeclaration>().Count == 0).Select(Name));
        Assert.Empty(Endpoints.Where(e => e.Metadata.GetOrderedMetadata<IAccessDeclaration>() is { Count: > 1 } many && many.OfType<PublicAttribute>().Any()).Select(Name));
        Assert.Empty(Endpoints.Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is { } open and not PublicAttribute).Select(Name));
    }

    [Fact]
    public void The_table_names_every_endpoint_and_no_other()
    {
        var there = Endpoints.SelectMany(Names).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(there.Except(Expected.Table.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(Expected.Table.Keys.Except(there).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_past_a_door_that_is_not_his_and_everybody_through_his_own()
    {
        var faults = new List<string>();
        var callers = new List<(string Who, Browser Browser)> { (Expected.Anonymous, app.Anonymous()) };
        foreach (var (user, role) in People.ByRole)
            callers.Add((role, await app.AsAsync(user)));

        foreach (var name in Endpoints.SelectMany(Names).Where(n => Expected.Table.ContainsKey(n)).Order(StringComparer.Ordinal))
        {
            foreach (var (who, browser) in callers)
            {
                var answer = await CallAsync(browser, name);
                if (Expected.Admits(name, who) != IsAdmitted(answer))
                    faults.Add($"{name} as {who}: {(int)answer.Status} {answer.Location}");
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>With made-up ids and without a token: whoever may come in gets any answer but that of the door.</summary>
    private static Task<Page> CallAsync(Browser browser, string name) => browser.SendAsync(Expected.Request(name));

    private static bool IsAdmitted(Page answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => false,
        HttpStatusCode.Redirect => answer.Location?.StartsWith("/sign-in", StringComparison.Ordinal) != true,
        _ => true,
    };

    private static string Name(RouteEndpoint endpoint) => string.Join(" and ", Names(endpoint));

    private static IEnumerable<string> Names(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => $"{m} /{endpoint.RoutePattern.RawText?.TrimStart('/')}");
}
