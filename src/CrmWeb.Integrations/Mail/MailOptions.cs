namespace CrmWeb.Integrations.Mail;

/// <summary>Where mails go.</summary>
/// <param name="Folder">For mails that are kept, and nothing else.</param>
/// <param name="From">Address of the product itself.</param>
public sealed record MailOptions(string Folder, string From)
{
    /// <summary>Null: no mail server, mails are kept in <see cref="Folder"/>.</summary>
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>False only when an administrator says that the way to the server needs no encryption.</summary>
    public bool NeedsTls { get; init; } = true;
}
