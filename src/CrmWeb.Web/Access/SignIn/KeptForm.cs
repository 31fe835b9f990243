using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common.Errors;

namespace CrmWeb.Web.Access.SignIn;

/// <summary>A form whose session had ended when it was sent: what was typed goes with the sign-in page and comes back behind it.</summary>
internal static class KeptForm
{
    public const string AddressField = "kept-for", Prefix = "kept.";
    private const int LargestForm = 1_048_576;

    /// <summary>Whether what a signed-out request holds is worth keeping: fields that a page of ours has sent.</summary>
    public static bool IsIn(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.ContentLength <= LargestForm && TypedForm.IsOurs(request)
        && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The form itself; null when it held a password, which is not kept, so that nothing could be sent again.</summary>
    public static async Task<TypedForm?> ReadAsync(HttpRequest request)
    {
        await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return TypedForm.Of(request) is { MayResend: true } typed ? typed : null;
    }

    /// <summary>The form that the sign-in page brought along; null when it brought none.</summary>
    public static TypedForm? Brought(IFormCollection form) =>
        form[AddressField].ToString() is { Length: > 0 } address && LocalAddress.IsLocal(address)
            ? new(address, [.. form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key[Prefix.Length..], value ?? ""))], MayResend: true)
            : null;
}
