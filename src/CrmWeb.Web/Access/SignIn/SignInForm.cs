using System.ComponentModel.DataAnnotations;
using CrmWeb.Web.Common.Errors;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CrmWeb.Web.Access.SignIn;

/// <summary>What someone types to get in.</summary>
[TextsOf("SignIn")]
public sealed record SignInForm([Required, StringLength(254)] string? Email, [Required, StringLength(128)] string? Password, bool Keep, string? ReturnUrl)
{
    /// <summary>What was typed when the session had ended.</summary>
    [BindNever]
    public TypedForm? Kept { get; init; }
}
