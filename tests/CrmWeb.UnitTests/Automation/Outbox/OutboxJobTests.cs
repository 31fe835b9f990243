using CrmWeb.Domain.Automation;
using CrmWeb.Integrations.Mail;
using CrmWeb.Services.Automation;

namespace CrmWeb.UnitTests.Automation;

public sealed class OutboxJobTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-mail-").FullName;
    private readonly Mock<IOutboxStore> outbox = new();
    private readonly Mock<ISealer> sealer = new();
    private readonly OutboxMessage message = new() { Id = 42, To = "ana@x.example", Subject = "Willkommen, 你好", Body = "Here: {link}", SealedLink = "sealed", CreatedAt = Noon, DueAt = Noon };

    public OutboxJobTests()
    {
        outbox.SetupSequence(o => o.ClaimAsync(It.IsAny<CancellationToken>())).ReturnsAsync(message).ReturnsAsync((OutboxMessage?)null);
        sealer.Setup(s => s.Open(OutboxDraft.LinkPurpose, "sealed")).Returns("https://crm.example/secret");
    }

    [Fact]
    public async Task Without_a_server_a_mail_is_kept_as_a_file_that_hides_its_link()
    {
        var rows = await RunAsync(new FolderTransport(new(folder, "crmweb@localhost")));

        var file = await File.ReadAllTextAsync(Path.Combine(folder, "42.eml"), TestContext.Current.CancellationToken);
        Assert.Equal((1, OutboxState.Kept), (rows, message.State));
        Assert.Contains("Message-Id: <outbox.42@localhost>", file, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", file, StringComparison.Ordinal);
        outbox.Verify(o => o.EndAsync(message, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task With_a_server_the_mail_leaves_with_its_link()
    {
        var transport = new Mock<IMailTransport>();
        transport.SetupGet(t => t.Leaves).Returns(true);

        await RunAsync(transport.Object);

        Assert.Equal((OutboxState.Sent, Noon), (message.State, message.SentAt));
        transport.Verify(t => t.SendAsync(It.Is<OutgoingMail>(m => m.Link == "https://crm.example/secret" && m.Id == 42), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_refused_mail_waits_and_is_given_up_after_the_last_try()
    {
        var transport = new Mock<IMailTransport>();
        transport.Setup(t => t.SendAsync(It.IsAny<OutgoingMail>(), It.IsAny<CancellationToken>())).ThrowsAsync(new MailRefusedException("Not now."));

        await RunAsync(transport.Object);

        Assert.Equal((OutboxState.Waiting, "Not now.", Noon.AddMinutes(1)), (message.State, message.Error, message.DueAt));
        for (var i = 1; i < OutboxMessage.MostAttempts; i++)
            message.Failed(Noon, "Not now.");
        Assert.Equal(OutboxState.Failed, message.State);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_refusal_in_plain_words()
    {
        await RunAsync(new SmtpTransport(new(folder, "crm@x.example") { Host = "127.0.0.1", Port = 1 }));

        Assert.Equal((OutboxState.Waiting, "The mail server could not be reached."), (message.State, message.Error));
    }

    [Fact]
    public async Task A_mail_in_hand_when_the_process_ends_is_given_back()
    {
        using var end = new CancellationTokenSource();
        var transport = new Mock<IMailTransport>();
        transport.Setup(t => t.SendAsync(It.IsAny<OutgoingMail>(), end.Token)).Callback(end.Cancel).ThrowsAsync(new OperationCanceledException(end.Token));

        await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(transport.Object, end.Token));

        outbox.Verify(o => o.ReleaseAsync(message, CancellationToken.None), Times.Once);
        Assert.Equal((OutboxState.Waiting, 0), (message.State, message.Attempts));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<int> RunAsync(IMailTransport transport, CancellationToken? end = null)
    {
        var clock = new Mock<TimeProvider>();
        clock.Setup(c => c.GetUtcNow()).Returns(new DateTimeOffset(Noon));
        return new OutboxJob(outbox.Object, transport, sealer.Object, clock.Object).RunAsync(end ?? TestContext.Current.CancellationToken);
    }
}
