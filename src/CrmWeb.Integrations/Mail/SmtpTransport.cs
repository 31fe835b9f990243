using System.Net.Sockets;
using CrmWeb.Services.Automation;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CrmWeb.Integrations.Mail;

/// <summary>Hands mails to the configured server, one connection each.</summary>
/// <param name="options">With a host.</param>
internal sealed class SmtpTransport(MailOptions options) : Services.Automation.IMailTransport
{
    private const int TlsFromTheStart = 465, TimeoutMilliseconds = 30_000;

    public bool Leaves => true;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = MailWriting.Write(mail, options.From, mail.Link ?? "");
        await ConnectedAsync(client => client.SendAsync(message, ct), ct);
    }

    public Task TryAsync(CancellationToken ct) => ConnectedAsync(client => client.NoOpAsync(ct), ct);

    private async Task ConnectedAsync(Func<SmtpClient, Task> act, CancellationToken ct)
    {
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, Security, ct);
            if (options.User is { } user)
                await client.AuthenticateAsync(user, options.Password ?? "", ct);
            await act(client);
        }
        catch (Exception failed) when (Reason(failed) is { } reason)
        {
            throw new MailRefusedException(reason, failed);
        }

        await GoodbyeAsync(client, ct);
    }

    private SecureSocketOptions Security => (options.NeedsTls, options.Port) switch
    {
        (false, _) => SecureSocketOptions.None,
        (_, TlsFromTheStart) => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>What may be shown: never what the server said, which may hold addresses and names of machines.</summary>
    private static string? Reason(Exception failed) => failed switch
    {
        AuthenticationException => "The mail server refused user or password.",
        SslHandshakeException or NotSupportedException => "The connection to the mail server could not be encrypted.",
        SmtpCommandException refused => $"The mail server refused the mail ({(int)refused.StatusCode}).",
        CommandException or ProtocolException => "The mail server answered something else than mail.",
        SocketException or IOException or TimeoutException => "The mail server could not be reached.",
        _ => null,
    };

    /// <summary>The mail is accepted: what happens now changes nothing about it.</summary>
    private static async Task GoodbyeAsync(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception failed) when (Reason(failed) is not null)
        {
            // It hung up first.
        }
    }
}
