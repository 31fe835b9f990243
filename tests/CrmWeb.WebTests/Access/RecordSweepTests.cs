using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.WebTests.Common;
using CrmWeb.WebTests.Common.Imports;
using CrmWeb.WebTests.Customers;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

/// <summary>Every address of a record, as every role, with a record of his own, with one of another team, and with one there is not.</summary>
public sealed class RecordSweepTests
{
    private const long Nowhere = 987654321;

    /// <summary>What an address is about, by its first part.</summary>
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["customers"] = nameof(Customer),
        ["contacts"] = nameof(Contact),
        ["activities"] = nameof(Activity),
        ["files"] = nameof(Attachment),
        ["relationships"] = nameof(Relationship),
        ["views"] = nameof(SavedView),
        ["imports"] = nameof(ImportRun),
        ["bulk"] = nameof(BulkRun),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_who_may_reach_the_record_and_what_is_refused_changes_nothing()
    {
        await using var app = await CrmApp.StartAsync();
        await using var tables = new TableWatch(app);
        var (faults, calls, refused) = (new List<string>(), 0, 0);
        foreach (var (person, role) in People.ByRole)
        {
            var (browser, access) = (await app.AsAsync(person), await AccessAsync(app, person));
            Owned[] all = [await AddAsync(app, person), await AddAsync(app, People.Other), Owned.Nobodys];
            foreach (var of in Endpoints(app).GroupBy(e => e.Method).OrderBy(g => g.Key, StringComparer.Ordinal)) // to look comes before to do
            {
                var before = await tables.ReadAsync();
                foreach (var (endpoint, owned) in of.SelectMany(e => all.Where(o => o.Ids.ContainsKey(e.Type)).Select(o => (e, o))))
                {
                    calls++;
                    var answer = await CallAsync(browser, endpoint, owned.Ids[endpoint.Type]);
                    var expected = endpoint.Expected(access, owned);
                    if (!IsAsExpected(answer.Status, expected, endpoint.HasMore))
                        faults.Add($"{endpoint.Method} {endpoint.Route} as {role} on a record of {owned.Name}: {(int)answer.Status} and not {expected}");
                    if (endpoint.Method == "GET")
                        continue;
                    var isRefused = (int)answer.Status >= 400;
                    refused += isRefused ? 1 : 0;
                    var after = await tables.ReadAsync();
                    faults.AddRange(after.Keys.Where(_ => isRefused).Where(t => before[t] != after[t]).Select(t => $"{endpoint.Method} {endpoint.Route} as {role} on a record of {owned.Name}: refused with {(int)answer.Status}, and {t} is another"));
                    before = after;
                }
                if (of.Key == "GET" && await tables.ReadAsync() is var then)
                    faults.AddRange(then.Keys.Where(t => before[t] != then[t]).Select(t => $"To look, as {role}, has changed {t}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(calls > 900 && refused > 300, $"{calls} calls, {refused} refused: hardly anything was tried");
    }

    /// <summary>Not there and not visible are one answer, also in its words.</summary>
    [Fact]
    public async Task What_one_may_not_see_is_answered_like_what_there_is_not()
    {
        await using var app = await CrmApp.StartAsync();
        var browser = await app.AsAsync(People.Sales);
        var (hidden, faults) = (await AddAsync(app, People.Other), new List<string>());

        foreach (var endpoint in Endpoints(app).Where(e => hidden.Ids.ContainsKey(e.Type)))
        {
            var (one, none) = (await CallAsync(browser, endpoint, hidden.Ids[endpoint.Type]), await CallAsync(browser, endpoint, Nowhere));
            if ((one.Status, Masked(one.Text, hidden.Ids[endpoint.Type])) != (none.Status, Masked(none.Text, Nowhere)))
                faults.Add($"{endpoint.Method} {endpoint.Route}: {(int)one.Status} {one.Text} | {(int)none.Status} {none.Text}");
        }

        Assert.Empty(faults);
    }

    private static long Id(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Masked(string text, long id) => text.Replace(id.ToString(CultureInfo.InvariantCulture), "ID", StringComparison.Ordinal);

    private static bool IsAsExpected(HttpStatusCode status, Reach expected, bool hasMore) => expected switch
    {
        Reach.Refused => status == HttpStatusCode.Forbidden || (hasMore && status == HttpStatusCode.NotFound),
        Reach.Hidden => status == HttpStatusCode.NotFound,
        _ => status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && (int)status < 500 && (hasMore || status != HttpStatusCode.NotFound),
    };

    private static async Task<Page> CallAsync(Browser browser, Endpoint endpoint, long id)
    {
        var address = endpoint.Route.Replace("{id:long}", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{key}", "name", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal)
            .Replace("{save:long}", "1", StringComparison.Ordinal).Replace("{recipientId:long}", "1", StringComparison.Ordinal);
        return endpoint.Method == "GET" ? await browser.OpenAsync(address) : await browser.PostAsync(address);
    }

    private static IEnumerable<Endpoint> Endpoints(CrmApp app) =>
        from source in app.Services.GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        where route.Contains("{id:long}", StringComparison.Ordinal) && Types.ContainsKey(route.Split('/')[1])
            && route is not ("/contacts/{id:long}/owner" or "/activities/{id:long}/owner") // whose owner is their customer's
            && route is not "/imports/{id:long}/undo" // its maker's alone, whoever sees it
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        orderby route
        select new Endpoint(method, route, Types[route.Split('/')[1]], [.. Needs(endpoint)]);

    private static IEnumerable<(string Type, RecordAction Action)> Needs(RouteEndpoint endpoint)
    {
        var own = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo is { } controller ? AccessHandler.OwnType(controller) : null;
        return endpoint.Metadata.GetOrderedMetadata<NeedsAttribute>().Select(n => (n.Type ?? own!, n.Action));
    }

    private static Task<AccessRights> AccessAsync(CrmApp app, User person) =>
        app.DoAsync(async services => (await services.GetRequiredService<IUserProfiles>().FindAsync(person.Id, Ct))!.Access);

    /// <summary>One record of each type that belongs to a person.</summary>
    private static async Task<Owned> AddAsync(CrmApp app, User owner)
    {
        var team = owner == People.Other ? People.South.Id : owner == People.Admin || owner == People.Manager ? People.HeadOffice.Id : People.North.Id;
        var customer = new Customer { Name = $"Of {owner.Name}" };
        customer.Assign(owner.Id, team);
        await app.AddAsync(customer);
        var contact = new Contact { FamilyName = "Berg" };
        await app.DoAsync(async services =>
        {
            var contacts = services.GetRequiredService<IRepository<Contact>>();
            contacts.Add(contact);
            contacts.AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
            await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        });
        var activity = new Activity { Kind = ActivityKind.Task, Subject = "Call", CustomerId = customer.Id, AssigneeId = owner.Id };
        await app.AddAsync(activity);
        var other = await app.AddAsync(new Customer { Name = "Somebody else" });
        var tie = await app.AddAsync(new Relationship { CustomerId = customer.Id, OtherCustomerId = other.Id, Kind = RelationshipKind.PartnerOf });
        var browser = await app.AsAsync(owner == People.ReadOnly ? People.Admin : owner);
        await (await browser.OpenAsync($"/customers/{customer.Id}")).SendFileAsync("main form[action$='/files']", "picture.png", Pictures.Png(8, 8, "", 8));
        var file = await app.ReadAsync(db => Task.FromResult(db.Set<Attachment>().Where(a => a.CustomerId == customer.Id).Select(a => a.Id).Single()));
        var ids = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [nameof(Customer)] = customer.Id,
            [nameof(Contact)] = contact.Id,
            [nameof(Activity)] = activity.Id,
            [nameof(Attachment)] = file,
            [nameof(Relationship)] = tie.Id,
        };
        if (owner == People.Other) // what only its maker sees
        {
            ids[nameof(SavedView)] = Id((await browser.PostAsync("/views/Customer", ("Name", "Mine"))).Location!.Split('=')[1]);
            ids[nameof(ImportRun)] = Id((await new Wizard(app, browser).UploadAsync("names.csv", "Name\nHalden\n"u8.ToArray())).Location!.Split('/')[2]);
        }
        return new(owner.Name, owner.Id, team, ids);
    }

    private enum Reach { Admitted, Refused, Hidden }

    /// <param name="Needs">What the endpoint declares.</param>
    private sealed record Endpoint(string Method, string Route, string Type, IReadOnlyList<(string Type, RecordAction Action)> Needs)
    {
        /// <summary>Whether the address names something besides the record, which there is not here.</summary>
        public bool HasMore => Route.Count(c => c == '{') > 1;

        public Reach Expected(AccessRights access, Owned of)
        {
            if (Needs.Any(n => !access.May(n.Type, n.Action)))
                return Reach.Refused;
            if (of.OwnerId is null || !access.Covers(Type, RecordAction.View, of.OwnerId, of.TeamId, of.MainId))
                return Reach.Hidden;
            return Needs.All(n => n.Type != Type || access.Covers(Type, n.Action, of.OwnerId, of.TeamId, of.MainId)) ? Reach.Admitted : Reach.Refused;
        }
    }

    private sealed record Owned(string Name, long? OwnerId, long? TeamId, IReadOnlyDictionary<string, long> Ids)
    {
        public static Owned Nobodys { get; } = new("nobody", null, null, Types.Values.ToDictionary(t => t, _ => Nowhere, StringComparer.Ordinal));

        public long? MainId => Ids.TryGetValue(nameof(Customer), out var id) ? id : null;
    }
}
