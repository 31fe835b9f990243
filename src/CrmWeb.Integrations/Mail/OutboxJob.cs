using CrmWeb.Services.Automation;

namespace CrmWeb.Integrations.Mail;

/// <summary>Empties the outbox.</summary>
internal sealed class OutboxJob(IOutboxStore outbox, IMailTransport transport, ISealer sealer, TimeProvider clock) : IScheduledJob
{
    public string Name => "outbox";

    public string Cron => "* * * * *";

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var dealtWith = 0;
        for (; await outbox.ClaimAsync(ct) is { } message; dealtWith++)
        {
            try
            {
                await transport.SendAsync(new(message.Id, message.To, message.Subject, message.Body, Link(message.SealedLink), new(message.CreatedAt, TimeSpan.Zero)), ct);
                message.Sent(clock.GetUtcNow().UtcDateTime, kept: !transport.Leaves);
            }
            catch (MailRefusedException refused)
            {
                message.Failed(clock.GetUtcNow().UtcDateTime, refused.Message);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                await outbox.ReleaseAsync(message, CancellationToken.None); // the next process sends it; should it have left, it carries the same id
                throw;
            }
            await outbox.EndAsync(message, ct);
        }
        return dealtWith;
    }

    private string? Link(string? link) => link is null ? null
        : sealer.Open(OutboxDraft.LinkPurpose, link) ?? throw new MailRefusedException("The link of the mail was sealed with keys that are gone.");
}
