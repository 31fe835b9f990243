using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Automation;

/// <summary>The people of Lantern Supply, their teams and what they do.</summary>
internal static class DemoPeople
{
    public const string Company = "Lantern Supply";

    /// <summary>Teams under the company's own.</summary>
    public static IReadOnlyList<string> Teams { get; } = ["Sales West", "Sales East", "China", "Marketing", "Support"];

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("Markus Vogel", "admin@demo.crmweb", "IT and operations", BuiltInRoles.Administrator, Company, DemoJob.Leads),
        new("Helena Lindqvist", "manager@demo.crmweb", "Sales director", BuiltInRoles.Manager, Company, DemoJob.Leads),
        new("Ana Duarte", "sales@demo.crmweb", "Sales", BuiltInRoles.Sales, "Sales West", DemoJob.Sells, ["SE", "GB", "IE"]),
        new("Oliver Hughes", null, "Sales", BuiltInRoles.Sales, "Sales West", DemoJob.Sells, ["GB", "US"]),
        new("Camille Laurent", null, "Sales", BuiltInRoles.Sales, "Sales West", DemoJob.Sells, ["FR", "IT", "ES"]),
        new("Jonas Richter", null, "Sales", BuiltInRoles.Sales, "Sales East", DemoJob.Sells, ["DE", "AT", "NL"]),
        new("佐藤美咲", null, "Sales", BuiltInRoles.Sales, "Sales East", DemoJob.Sells, ["JP"]) { Language = "en" },
        new("周晓雯", null, "销售", BuiltInRoles.Sales, "China", DemoJob.Sells, ["CN"]) { Language = "zh-Hans" },
        new("Leo Brandt", "marketing@demo.crmweb", "Marketing", BuiltInRoles.Marketing, "Marketing", DemoJob.Markets),
        new("陈思远", null, "市场", BuiltInRoles.Marketing, "China", DemoJob.Markets, ["CN"]) { Language = "zh-Hans" },
        new("Priya Nair", "support@demo.crmweb", "Service", BuiltInRoles.Support, "Support", DemoJob.Serves),
        new("李志强", null, "售后服务", BuiltInRoles.Support, "China", DemoJob.Serves, ["CN"]) { Language = "zh-Hans" },
        new("Tomás Ferrer", null, "Field service", BuiltInRoles.Support, "Support", DemoJob.Visits),
        new("王建国", null, "现场工程师", BuiltInRoles.Support, "China", DemoJob.Visits, ["CN"]) { Language = "zh-Hans" },
    ];
}

/// <summary>A colleague before he is one.</summary>
/// <param name="Email">Null for those who do not sign in.</param>
internal sealed record DemoPerson(string Name, string? Email, string JobTitle, string Role, string Team, DemoJob Job, params IReadOnlyList<string> Countries)
{
    public string? Language { get; init; }
}
