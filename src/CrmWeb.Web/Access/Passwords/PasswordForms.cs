using System.ComponentModel.DataAnnotations;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Passwords;

/// <summary>Who has forgotten his password.</summary>
[TextsOf("SignIn")]
public sealed record ForgottenForm([Required, StringLength(254)] string? Email, bool IsSent = false);

/// <summary>The new password, and the link that allows it.</summary>
[TextsOf("Password")]
public sealed record ResetForm(string? Token, [Required, StringLength(PasswordRules.Longest)] string? Password);
