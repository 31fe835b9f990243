using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Diagnostics;

namespace CrmWeb.Web.Common.Errors;

/// <summary>What was typed into a form that could not be taken, to be sent again.</summary>
/// <param name="Fields">No token, no password, no file.</param>
/// <param name="MayResend">The form came from a page of ours and is whole.</param>
public sealed record TypedForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields, bool MayResend)
{
    /// <summary>Field that says: the form was not sent by the person, but held when his session ended. It is shown again and not saved.</summary>
    public const string Unsent = "unsent";
    /// <summary>Field of the token of the session.</summary>
    public const string Token = "__RequestVerificationToken";

    /// <summary>Nobody has looked at it yet. Where it held a password, which is not kept, it can be shown again with the rest, not sent.</summary>
    public bool MayReturn { get; init; }

    public bool IsUnsent => Fields.Any(f => f.Key == Unsent);

    /// <summary>The form of a request that has been read.</summary>
    public static TypedForm Of(HttpRequest request)
    {
        var form = request.HasFormContentType ? request.Form : null;
        var all = form?.Where(f => f.Key != Token).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).ToList() ?? [];
        var fields = all.Where(f => !IsSecret(f.Key)).ToList();
        var query = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString ?? request.QueryString.Value;
        return new(request.PathBase + request.Asked + query, fields, form is { Files.Count: 0 } && fields.Count == all.Count && IsOurs(request));
    }

    /// <summary>Another site's form is never offered for sending again.</summary>
    public static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value,
        _ => false,
    };

    private static bool IsSecret(string name) => name.Contains("password", StringComparison.OrdinalIgnoreCase);
}
