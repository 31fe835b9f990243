using CrmWeb.Services.Access;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Access.Roles;

/// <summary>Whom to check, and with what.</summary>
/// <param name="Type">Name of a record type.</param>
/// <param name="Record">Id of one record.</param>
[TextsOf("Role")]
public sealed record CheckForm(long? Person, string? Type, long? Record);

public sealed record CheckView(CheckForm Form, IReadOnlyList<Choice> People, AccessExplanation? Answer);
