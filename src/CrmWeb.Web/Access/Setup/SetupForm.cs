using System.ComponentModel.DataAnnotations;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Setup;

/// <summary>What the first person says about the firm and himself.</summary>
[TextsOf("Setup")]
public sealed record SetupForm(
    [Required, StringLength(100)] string? Organisation, [Required] string? Country, [Required] string? Language, [Required, StringLength(60)] string? TimeZone,
    [Required, StringLength(3, MinimumLength = 3)] string? Currency,
    [Required, StringLength(100)] string? Name, [Required, EmailAddress, StringLength(254)] string? Email, [Required, StringLength(PasswordRules.Longest)] string? Password, string? Code)
{
    public Firm ToFirm(string country) => new(Organisation!, country, Language!, TimeZone!, Currency!);

    public NewAdministrator ToAdministrator() => new(Name!, Email!, Password!);
}
