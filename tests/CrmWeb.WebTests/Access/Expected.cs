using System.Text.RegularExpressions;
using CrmWeb.Domain.Access;

namespace CrmWeb.WebTests.Access;

/// <summary>
/// Who may come in where, written down by hand and compared with what the product does. A new endpoint is a new line:
/// method, route as it is declared, and who: public, signed-in, or the roles that get in (all names of a group may be used).
/// </summary>
internal static partial class Expected
{
    public const string Anonymous = "anonymous";

    private static readonly Dictionary<string, string[]> Groups = new(StringComparer.Ordinal)
    {
        ["public"] = [Anonymous, .. BuiltInRoles.Names],
        ["signed-in"] = [.. BuiltInRoles.Names],
        ["owners"] = [.. BuiltInRoles.Names.Except([BuiltInRoles.Support, BuiltInRoles.ReadOnly])], // may give away, delete and import
        ["exporters"] = [BuiltInRoles.Administrator, BuiltInRoles.Manager, BuiltInRoles.Marketing],
        ["writers"] = [.. BuiltInRoles.Names.Except([BuiltInRoles.ReadOnly])],
    };

    private const string Lines = """
        GET    /errors/{status:int:range(400,599)}                     public
        HEAD   /errors/{status:int:range(400,599)}                     public
        POST   /errors/{status:int:range(400,599)}                     public
        PUT    /errors/{status:int:range(400,599)}                     public
        PATCH  /errors/{status:int:range(400,599)}                     public
        DELETE /errors/{status:int:range(400,599)}                     public

        GET    /health/live                                            public
        HEAD   /health/live                                            public
        GET    /health/ready                                           public
        HEAD   /health/ready                                           public

        GET    /sign-in                                                public
        POST   /sign-in                                                public
        GET    /setup                                                  public
        POST   /setup                                                  public
        GET    /password/forgotten                                     public
        POST   /password/forgotten                                     public
        GET    /password/reset                                         public
        POST   /password/reset                                         public
        POST   /sign-out                                               signed-in
        GET    /session                                                signed-in
        POST   /session                                                signed-in
        GET    /views/counts                                           signed-in
        GET    /live                                                   signed-in
        GET    /notifications                                          signed-in
        POST   /notifications/{id:long}/opening                        signed-in
        POST   /notifications/reading                                  signed-in

        GET    /customers                                              signed-in
        GET    /customers/filter                                       signed-in
        GET    /customers/totals                                       signed-in
        GET    /customers/counts                                       signed-in
        GET    /customers/columns                                      signed-in
        GET    /customers/new                                          writers
        POST   /customers                                              writers
        GET    /customers/{id:long}/history                    signed-in
        GET    /customers/{id:long}/preview                    signed-in
        POST   /customers/{id:long}/history/{save:long}/{key}          writers
        GET    /customers/{id:long}                                    signed-in
        GET    /customers/{id:long}/edit                               writers
        POST   /customers/{id:long}/edit                               writers
        GET    /customers/{id:long}/fields/{key}                       writers
        POST   /customers/{id:long}/fields/{key}                       writers
        POST   /customers/{id:long}/deletion                           owners
        GET    /customers/{id:long}/owner                              owners
        POST   /customers/{id:long}/owner                              owners
        GET    /customers/{id:long}/shares                             owners
        POST   /customers/{id:long}/shares                             owners
        POST   /customers/{id:long}/shares/{recipientId:long}/end      owners
        GET    /customers/export                                       exporters
        POST   /customers/export                                       exporters
        POST   /customers/selection                                   owners
        GET    /customers/bulk/{what}                                 owners
        POST   /customers/bulk/{what}                                 owners
        GET    /customers/{id:long}/timeline                           signed-in
        GET    /customers/{id:long}/lifecycle                          writers
        POST   /customers/{id:long}/lifecycle                          writers
        POST   /customers/duplicates                                   signed-in

        GET    /contacts                                               signed-in
        GET    /contacts/filter                                        signed-in
        GET    /contacts/totals                                        signed-in
        GET    /contacts/counts                                        signed-in
        GET    /contacts/columns                                       signed-in
        GET    /contacts/new                                           writers
        POST   /contacts                                               writers
        GET    /contacts/{id:long}/history                     signed-in
        GET    /contacts/{id:long}/preview                     signed-in
        POST   /contacts/{id:long}/history/{save:long}/{key}           writers
        GET    /contacts/{id:long}                                     signed-in
        GET    /contacts/{id:long}/edit                                writers
        POST   /contacts/{id:long}/edit                                writers
        GET    /contacts/{id:long}/fields/{key}                        writers
        POST   /contacts/{id:long}/fields/{key}                        writers
        POST   /contacts/{id:long}/deletion                            owners
        GET    /contacts/{id:long}/owner                               owners
        POST   /contacts/{id:long}/owner                               owners
        GET    /contacts/export                                        exporters
        POST   /contacts/export                                        exporters
        POST   /contacts/selection                                    owners
        GET    /contacts/bulk/{what}                                  owners
        POST   /contacts/bulk/{what}                                  owners
        GET    /contacts/{id:long}/employer                            writers
        POST   /contacts/{id:long}/employer                            writers
        GET    /contacts/{id:long}/timeline                            signed-in
        POST   /contacts/duplicates                                    signed-in

        GET    /activities                                             signed-in
        GET    /activities/filter                                      signed-in
        GET    /activities/totals                                      signed-in
        GET    /activities/counts                                      signed-in
        GET    /activities/columns                                     signed-in
        GET    /activities/new                                         writers
        POST   /activities                                             writers
        GET    /activities/{id:long}/history                   signed-in
        GET    /activities/{id:long}/preview                   signed-in
        POST   /activities/{id:long}/history/{save:long}/{key}         writers
        GET    /activities/{id:long}                                   signed-in
        GET    /activities/{id:long}/edit                              writers
        POST   /activities/{id:long}/edit                              writers
        GET    /activities/{id:long}/fields/{key}                      writers
        POST   /activities/{id:long}/fields/{key}                      writers
        POST   /activities/{id:long}/deletion                          owners
        GET    /activities/{id:long}/owner                             owners
        POST   /activities/{id:long}/owner                             owners
        GET    /activities/export                                      exporters
        POST   /activities/export                                      exporters
        POST   /activities/selection                                  owners
        GET    /activities/bulk/{what}                                owners
        POST   /activities/bulk/{what}                                owners
        GET    /activities/log                                         writers
        POST   /activities/log                                         writers
        POST   /activities/{id:long}/completion                        writers
        POST   /activities/{id:long}/reopening                         writers
        POST   /activities/{id:long}/postponement                      writers

        GET    /                                                       signed-in
        GET    /today                                                  signed-in
        GET    /views/{type}/new                                       signed-in
        POST   /views/{type}                                           signed-in
        GET    /views/{id:long}/edit                                   signed-in
        POST   /views/{id:long}/edit                                   signed-in
        POST   /views/{id:long}/state                                  signed-in
        POST   /views/{id:long}/deletion                               signed-in
        POST   /views/{type}/{view}/reset                              signed-in
        POST   /views/{type}/{view}/pin                                signed-in
        GET    /search                                                 signed-in
        GET    /search/palette                                         signed-in
        GET    /input/date                                             signed-in
        GET    /lookup/{type}                                          signed-in
        POST   /undo/{operation:long}                                  signed-in
        GET    /bulk/{id:long}                                        signed-in
        GET    /bulk/{id:long}/progress                               signed-in
        POST   /bulk/{id:long}/stop                                   signed-in
        GET    /bulk/{id:long}/left                                   signed-in
        GET    /trash                                                  signed-in
        POST   /trash/{type}/{id:long}/restoration                     signed-in

        GET    /consents/new                                           writers
        POST   /consents                                               writers
        GET    /relationships/new                                      writers
        POST   /relationships                                          writers
        POST   /relationships/{id:long}/end                            writers

        POST   /customers/{id:long}/files                              writers
        GET    /files/{id:long}                                        signed-in
        GET    /files/{id:long}/details                                signed-in
        GET    /files/{id:long}/preview                                signed-in
        GET    /files/{id:long}/versions/{number:int}                  signed-in
        POST   /files/{id:long}/versions                               writers
        POST   /files/{id:long}/name                                   writers
        POST   /files/{id:long}/deletion                               owners

        GET    /account                                                signed-in
        POST   /account                                                signed-in
        POST   /account/password                                       signed-in
        POST   /account/theme                                          signed-in
        POST   /account/sessions/{id:long}/end                         signed-in

        GET    /settings/users                                         Administrator
        GET    /settings/users/filter                                  Administrator
        GET    /settings/users/totals                                  Administrator
        GET    /settings/users/counts                                  Administrator
        GET    /settings/users/columns                                 Administrator
        GET    /settings/users/new                                     Administrator
        POST   /settings/users                                         Administrator
        GET    /settings/users/{id:long}                               Administrator
        POST   /settings/users/{id:long}                               Administrator
        GET    /settings/users/{id:long}/deactivation                  Administrator
        POST   /settings/users/{id:long}/deactivation                  Administrator
        GET    /settings/users/move                                    Administrator
        POST   /settings/users/move                                    Administrator
        POST   /settings/users/{id:long}/activation                    Administrator
        POST   /settings/users/{id:long}/sign-out                      Administrator
        GET    /settings/roles                                         Administrator
        GET    /settings/roles/new                                     Administrator
        GET    /settings/roles/check                                   Administrator
        POST   /settings/roles                                         Administrator
        GET    /settings/roles/{id:long}                               Administrator
        POST   /settings/roles/{id:long}                               Administrator
        POST   /settings/roles/{id:long}/preview                       Administrator
        POST   /settings/roles/{id:long}/deletion                      Administrator
        GET    /settings/teams                                         Administrator
        GET    /settings/teams/new                                     Administrator
        POST   /settings/teams                                         Administrator
        GET    /settings/teams/{id:long}                               Administrator
        POST   /settings/teams/{id:long}                               Administrator
        POST   /settings/teams/{id:long}/deletion                      Administrator
        GET    /settings/audit                                         Administrator
        GET    /settings/outbox                                        Administrator
        GET    /settings/outbox/{id:long}                              Administrator
        POST   /settings/outbox/{id:long}/link                         Administrator
        POST   /settings/outbox/{id:long}/retry                        Administrator
        GET    /settings/jobs                                          Administrator
        GET    /settings/jobs/{name}                                   Administrator
        POST   /settings/jobs/{name}/run                               Administrator
        POST   /settings/jobs/{id:long}/retry                          Administrator
        POST   /settings/jobs/{id:long}/cancellation                   Administrator

        GET    /imports                                                owners
        GET    /imports/new                                            owners
        POST   /imports                                                owners
        GET    /imports/{id:long}                                      owners
        GET    /imports/{id:long}/match                                owners
        POST   /imports/{id:long}/match                                owners
        GET    /imports/template                                       owners
        POST   /imports/{id:long}/suggestion                           owners
        POST   /imports/{id:long}/format                               owners
        GET    /imports/{id:long}/check                                owners
        POST   /imports/{id:long}/fixes                                owners
        POST   /imports/{id:long}/values                               owners
        POST   /imports/{id:long}/run                                  owners
        GET    /imports/{id:long}/result                               owners
        GET    /imports/{id:long}/progress                             owners
        POST   /imports/{id:long}/stop                                 owners
        GET    /imports/{id:long}/undo                                 owners
        GET    /imports/{id:long}/rejects                              owners
        """;

    /// <summary>"GET /route" → who gets in.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Table { get; } = Lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(l => l.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .ToDictionary(l => $"{l[0]} {l[1]}", l => Who(l[2]), StringComparer.Ordinal);

    /// <summary>A call of an endpoint of the table, with made-up ids and without a token.</summary>
    public static HttpRequestMessage Request(string endpoint)
    {
        var (method, route) = (endpoint[..endpoint.IndexOf(' ', StringComparison.Ordinal)], endpoint[(endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return new(new(method), Parameter.Replace(route, m => m.Groups["name"].Value is "type" ? "Customer" : "987654321"));
    }

    public static bool Admits(string endpoint, string who) => Table[endpoint].Contains(who);

    private static IReadOnlySet<string> Who(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries)
            .SelectMany(w => Groups.TryGetValue(w, out var group) ? group : BuiltInRoles.Names.Contains(w) ? [w] : throw new ArgumentException($"Who is {w}?", nameof(text)))
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter { get; }
}
