using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Account;

/// <summary>What the page of the own account shows.</summary>
public sealed record AccountView(AccountForm Form, IReadOnlyList<Session> Sessions, long? Current);

/// <summary>What a user types about himself.</summary>
[TextsOf("User")]
public sealed record AccountForm(
    Guid Version, [Required, StringLength(100)] string? Name, [StringLength(100)] string? JobTitle, [StringLength(20)] string? Language, [StringLength(20)] string? Format,
    [StringLength(60)] string? TimeZone, Theme Theme, Density Density, bool ShortcutsOff, StartPage Start)
{
    public static AccountForm Of(OwnAccount me) => new(me.Version, me.Name, me.JobTitle, me.Language, me.Format, me.TimeZone, me.Theme, me.Density, me.ShortcutsOff, me.Start);

    public OwnAccount ToInput() => new(Version, Name!, JobTitle)
    {
        Language = Language,
        Format = Format,
        TimeZone = TimeZone,
        Theme = Theme,
        Density = Density,
        ShortcutsOff = ShortcutsOff,
        Start = Start,
    };
}

/// <summary>A change of the own password.</summary>
public sealed record PasswordForm([Required, StringLength(128)] string? Current, [Required, StringLength(128)] string? Password);
