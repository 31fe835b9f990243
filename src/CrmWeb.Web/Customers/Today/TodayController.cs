using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Today;

/// <summary>What to do now.</summary>
[SignedIn, Route("")]
public sealed class TodayController(IActivityService activities, IQuietCustomers quiet, ICurrentUser user, TimeProvider clock) : CrmController
{
    private const int Most = 100;

    [HttpGet("")]
    public IActionResult Home() => Redirect($"/{user.Habits.Start.ToString().ToLowerInvariant()}");

    [HttpGet("today")]
    public async Task<IActionResult> Index(CancellationToken ct)
    {
        var today = user.Habits.Today(clock);
        var due = await activities.DueAsync(Most, ct);
        return View(new TodayView(today, [.. due.Where(d => d.DueOn <= today)], [.. due.Where(d => d.DueOn > today)], [.. due.Where(d => d.DueOn is null)], await quiet.ReadAsync(5, ct)));
    }
}

public sealed record TodayView(DateOnly Today, IReadOnlyList<DueActivity> Now, IReadOnlyList<DueActivity> Soon, IReadOnlyList<DueActivity> Undated, IReadOnlyList<QuietCustomer> Quiet);

/// <summary>A part of the work list.</summary>
public sealed record DueList(string Title, IReadOnlyList<DueActivity> Rows, bool ShowEmpty);
