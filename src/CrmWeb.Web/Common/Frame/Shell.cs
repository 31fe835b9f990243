using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.SavedViews;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Frame;

/// <summary>Whose product this is, as the top left corner says it.</summary>
public sealed class Site(IHttpContextAccessor http, SiteOptions options)
{
    private FirmName? Firm => http.HttpContext?.Features.Get<FirmName>();

    /// <summary>The firm's name; the product's own while there is no firm, or no database.</summary>
    public string Name => Firm?.Name ?? "CrmWeb";

    /// <summary>What the firm does, in three words.</summary>
    public string? Tagline => Firm?.Tagline;

    /// <summary>Made-up data.</summary>
    public bool IsDemo => options.IsDemo;
}

/// <summary>A door of the sidebar.</summary>
/// <param name="Go">Second key after g.</param>
public sealed record Room(string Key, string Text, string Href, string Icon, string? Go = null);

/// <summary>Something the New menu makes.</summary>
/// <param name="Key">Second key after c.</param>
public sealed record Newcomer(string Text, string Href, string Icon, string Key);

/// <summary>What surrounds every page of a signed-in person: only doors that are open to him.</summary>
public sealed class Shell(ICurrentUser user, Site site, IStringLocalizer texts, IAntiforgery antiforgery)
{
    public Site Site => site;
    public ICurrentUser User => user;

    public IReadOnlyList<Room> Work => [new("today", texts["Nav.Today"], "/today", "sun", "t")];

    public IReadOnlyList<Room> Relationships => [.. Open(
        (user.Access.May<Customer>(RecordAction.View), new("customers", texts["Nav.Customers"], "/customers", "building", "c")),
        (user.Access.May<Contact>(RecordAction.View), new("contacts", texts["Nav.Contacts"], "/contacts", "users", "p")),
        (user.Access.May<Activity>(RecordAction.View), new("activities", texts["Activity.Plural"], "/activities", "checklist", "a")))];

    /// <summary>Pages of the settings; the first one is where Settings leads.</summary>
    public IReadOnlyList<Room> Settings => [.. Open(
        (user.Access.Has(SpecialRight.ManageUsers), new("users", texts["Nav.Users"], "/settings/users", "user")),
        (user.Access.Has(SpecialRight.ManageUsers), new("roles", texts["Role.Plural"], "/settings/roles", "shield-check")),
        (user.Access.Has(SpecialRight.ManageUsers), new("teams", texts["Team.Plural"], "/settings/teams", "sitemap")),
        (user.Access.Has(SpecialRight.ReadAudit), new("audit", texts["Audit"], "/settings/audit", "history")),
        (user.Access.Has(SpecialRight.ReadOutbox), new("outbox", texts["Nav.Outbox"], "/settings/outbox", "mail")),
        (user.Access.Has(SpecialRight.ManageJobs), new("jobs", texts["Nav.Jobs"], "/settings/jobs", "refresh")))];

    /// <summary>How the person wants the page: attributes of its root.</summary>
    public IHtmlContent Look => new HtmlString(string.Join(' ', Looks));

    public bool MayImport => user.Access.May<Customer>(RecordAction.Import);

    public IReadOnlyList<Newcomer> New => [.. Open<Newcomer>(
        (user.Access.May<Customer>(RecordAction.Create), new(texts["Shell.NewCustomer"], "/customers/new", "building", "c")),
        (user.Access.May<Contact>(RecordAction.Create), new(texts["Shell.NewContact"], "/contacts/new", "user-plus", "p")),
        (user.Access.May<Activity>(RecordAction.Create), new(texts["Shell.NewTask"], "/activities/log?kind=Task", "checklist", "t")),
        (user.Access.May<Activity>(RecordAction.Create), new(texts["Shell.NewNote"], "/activities/log?kind=Note", "notes", "n")))];

    /// <summary>Views the person has put into the sidebar; a page about a failure does without the database.</summary>
    public async Task<IReadOnlyList<CountedView>> PinnedAsync(HttpContext http) =>
        http.Response.StatusCode < StatusCodes.Status500InternalServerError && http.RequestServices.GetService<IViewService>() is not null ? await http.RequestServices.GetRequiredService<PinnedViews>().KnownAsync(http.RequestAborted) : [];

    /// <summary>Notifications that are new to the person; null on a page about a failure.</summary>
    public async Task<int?> UnreadAsync(HttpContext http) =>
        http.Response.StatusCode < StatusCodes.Status500InternalServerError && http.RequestServices.GetService<INotificationService>() is { } notifications ? await notifications.KnownUnreadAsync() : null;

    /// <summary>The token that fragments and background requests send along.</summary>
    public string? Token(HttpContext http) => antiforgery.GetAndStoreTokens(http).RequestToken;

    /// <summary>Whether a page lies in the room: by what its view says, or else by its address.</summary>
    public static bool IsIn(Room room, string? said, PathString at) =>
        said is null ? at.StartsWithSegments(room.Href, StringComparison.OrdinalIgnoreCase) : said == room.Key;

    private IEnumerable<string> Looks
    {
        get
        {
            if (user.Habits.Theme != Theme.System)
                yield return user.Habits.Theme is Theme.Dark ? "data-theme=\"dark\"" : "data-theme=\"light\"";
            if (user.Habits.Density is Density.Compact)
                yield return "data-density=\"compact\"";
            if (user.Habits.ShortcutsOff)
                yield return "data-shortcuts=\"off\"";
        }
    }

    private static IEnumerable<Room> Open(params IEnumerable<(bool May, Room Room)> rooms) => Open<Room>(rooms);

    private static IEnumerable<T> Open<T>(params IEnumerable<(bool May, T Door)> doors) => doors.Where(d => d.May).Select(d => d.Door);
}
