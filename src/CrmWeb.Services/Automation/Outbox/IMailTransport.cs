namespace CrmWeb.Services.Automation;

/// <summary>Takes mails out of the product.</summary>
public interface IMailTransport
{
    /// <summary>Whether mails leave; without a mail server they are kept as files.</summary>
    bool Leaves { get; }

    /// <param name="mail">Sent again after a failure it carries the same id, so that the reader's server knows it.</param>
    /// <exception cref="MailRefusedException">It did not leave; the message is fit to be shown.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);

    /// <summary>Tries the way a mail would go, without sending one.</summary>
    /// <exception cref="MailRefusedException">A mail would not leave; the message is fit to be shown.</exception>
    Task TryAsync(CancellationToken ct);
}

/// <summary>A mail with nothing hidden.</summary>
/// <param name="Link">The one-time link that stands in the body as its mark.</param>
public sealed record OutgoingMail(long Id, string To, string Subject, string Body, string? Link, DateTimeOffset WrittenAt);

/// <summary>A mail did not leave.</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);
