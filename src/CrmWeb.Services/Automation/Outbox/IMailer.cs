using System.Globalization;
using CrmWeb.Domain.Automation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Automation;

/// <summary>Promises mails; they leave after the save.</summary>
public interface IMailer
{
    /// <summary>Keeps a mail for the same save.</summary>
    /// <param name="subjectKey">Text of the subject; {0}… are the values.</param>
    /// <param name="bodyKey">Text of the body; the placeholder after the last value is where the link stands, or else it stands at the end.</param>
    /// <param name="link">One-time link, sealed until the mail leaves; null for a mail without one.</param>
    /// <param name="language">The reader's.</param>
    /// <param name="forUserId">The user the mail is for, when it is one of ours.</param>
    /// <exception cref="RuleException">This is no address, or the subject would break out of its line.</exception>
    void Queue(string to, string subjectKey, string bodyKey, object[] values, string? link, CultureInfo language, long? forUserId);
}

/// <summary>Hides a text from everyone who can only read the database.</summary>
public interface ISealer
{
    /// <param name="purpose">What it is for: sealed for one purpose it opens for no other.</param>
    string Seal(string purpose, string text);

    /// <summary>Null when it was not sealed here for this purpose.</summary>
    string? Open(string purpose, string text);
}

internal sealed class Mailer(IOutboxStore outbox, ISealer sealer, IStringLocalizer texts) : IMailer
{
    private const int LongestSubject = 200;

    public void Queue(string to, string subjectKey, string bodyKey, object[] values, string? link, CultureInfo language, long? forUserId)
    {
        var (subject, body) = Written(subjectKey, bodyKey, values, link is not null, language);
        Rule.RequireNone(Check(to, subject));

        outbox.Add(new(to, subject.Length <= LongestSubject ? subject : subject[..LongestSubject], body)
        {
            SealedLink = link is null ? null : sealer.Seal(OutboxDraft.LinkPurpose, link),
            ForUserId = forUserId,
        });
    }

    private static IEnumerable<Broken> Check(string to, string subject)
    {
        if (!EmailAddress.IsValid(to))
            yield return new("Error.Email", "Email", to);
        if (subject.Any(char.IsControl))
            yield return new("Mail.SubjectOneLine");
    }

    private (string Subject, string Body) Written(string subjectKey, string bodyKey, object[] values, bool hasLink, CultureInfo language)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
        try
        {
            string body = texts[bodyKey, [.. values, hasLink ? OutboxMessage.LinkMark : ""]];
            return (texts[subjectKey, values], !hasLink || body.Contains(OutboxMessage.LinkMark, StringComparison.Ordinal) ? body : $"{body}\n\n{OutboxMessage.LinkMark}");
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
