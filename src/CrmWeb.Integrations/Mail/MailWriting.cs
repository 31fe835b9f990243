using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using MimeKit;

namespace CrmWeb.Integrations.Mail;

/// <summary>A mail as the world outside writes it.</summary>
internal static class MailWriting
{
    /// <param name="link">What stands where the link belongs.</param>
    public static MimeMessage Write(OutgoingMail mail, string from, string link)
    {
        var sender = MailboxAddress.Parse(from);
        var message = new MimeMessage
        {
            MessageId = $"outbox.{mail.Id}@{sender.Domain}",
            Date = mail.WrittenAt,
            Subject = mail.Subject,
            Body = new TextPart("plain") { Text = mail.Body.Replace(OutboxMessage.LinkMark, link, StringComparison.Ordinal) },
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress(name: null, mail.To));
        message.Headers.Add("Auto-Submitted", "auto-generated"); // so that absence notes do not answer
        return message;
    }
}
