using System.ComponentModel.DataAnnotations;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.SignIn;

/// <summary>What someone types to get in.</summary>
[TextsOf("SignIn")]
public sealed record SignInForm([Required, StringLength(254)] string? Email, [Required, StringLength(128)] string? Password, bool Keep, string? ReturnUrl);
