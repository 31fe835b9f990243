using System.Linq.Expressions;
using System.Reflection;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.TSql;

/// <summary>
/// Every method of every service that talks to the database. A new method is one line in its module: among the sent ones, called with anything that lets it
/// reach its queries, or among the silent ones with the reason why it sends none. Until then a test fails and names it.
/// </summary>
internal static class SentQueries
{
    /// <summary>The id, and the version, that every record of the silent server has.</summary>
    public const long Id = SilentReader.Id;
    public static readonly Guid Shown = SilentReader.Version;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static IReadOnlyList<SentQuery> All(RecordCatalogue catalogue) =>
        [.. CommonQueries.Sent(catalogue), .. AccessQueries.Sent, .. AutomationQueries.Sent, .. CustomersQueries.Sent(catalogue)];

    /// <summary>Methods that send nothing, or nothing of their own, with the reason.</summary>
    public static IReadOnlyList<(MethodInfo Method, string Reason)> Silent { get; } = [.. CommonQueries.Silent, .. AccessQueries.Silent, .. AutomationQueries.Silent, .. CustomersQueries.Silent];

    public static (MethodInfo Method, string Reason) Quiet<T>(Expression<Action<T>> call, string reason) => (SentQuery.MethodOf(call.Body), reason);
}
