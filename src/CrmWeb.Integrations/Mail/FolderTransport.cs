using System.Globalization;
using CrmWeb.Services.Automation;

namespace CrmWeb.Integrations.Mail;

/// <summary>Without a mail server: keeps each mail as a file, its link hidden.</summary>
internal sealed class FolderTransport(MailOptions options) : IMailTransport
{
    public const string HiddenLink = "•••";

    public bool Leaves => false;

    public Task SendAsync(OutgoingMail mail, CancellationToken ct) => WriteAsync(async () =>
    {
        using var message = MailWriting.Write(mail, options.From, HiddenLink);
        await message.WriteToAsync(Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"{mail.Id}.eml")), ct);
    });

    public Task TryAsync(CancellationToken ct) => WriteAsync(() =>
    {
        using var tried = File.Create(Path.Combine(options.Folder, $".{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose);
        return Task.CompletedTask;
    });

    private async Task WriteAsync(Func<Task> act)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            await act();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new MailRefusedException("The folder of kept mails cannot be written.", failed);
        }
    }
}
