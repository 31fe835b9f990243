using System.Globalization;
using CrmWeb.Services.Automation;

namespace CrmWeb.Integrations.Mail;

/// <summary>Without a mail server: keeps each mail as a file, its link hidden.</summary>
internal sealed class FolderTransport(MailOptions options) : IMailTransport
{
    public const string HiddenLink = "•••";

    public bool Leaves => false;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = MailWriting.Write(mail, options.From, HiddenLink);
        try
        {
            Directory.CreateDirectory(options.Folder);
            await message.WriteToAsync(Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"{mail.Id}.eml")), ct);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new MailRefusedException("The folder of kept mails cannot be written.", failed);
        }
    }
}
