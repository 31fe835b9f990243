using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Automation;

public sealed class MailerTests
{
    private static readonly CultureInfo English = Localizer.Languages[0], Chinese = Localizer.Languages[1];
    private readonly Mock<IOutboxStore> outbox = new();
    private readonly Mock<ISealer> sealer = new(MockBehavior.Strict);
    private OutboxDraft? kept;

    public MailerTests()
    {
        outbox.Setup(o => o.Add(It.IsAny<OutboxDraft>())).Callback((OutboxDraft draft) => kept = draft);
        sealer.Setup(s => s.Seal(OutboxDraft.LinkPurpose, "https://crm.example/x")).Returns("sealed");
    }

    [Fact]
    public void The_link_is_sealed_and_only_its_mark_stands_in_the_body()
    {
        Queue("ana@x.example", "https://crm.example/x");

        Assert.Equal(("sealed", 7), (kept!.SealedLink, kept.ForUserId));
        Assert.Contains("{link}", kept.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", kept.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mail_speaks_the_readers_language_and_ours_stays()
    {
        var before = CultureInfo.CurrentUICulture;

        Queue("ana@x.example", link: null, language: Chinese);

        Assert.Equal("保存", kept!.Subject);
        Assert.Null(kept.SealedLink);
        Assert.Same(before, CultureInfo.CurrentUICulture);
    }

    [Theory]
    [InlineData("ana@x.example\r\nBcc: all@x.example")]
    [InlineData("ana@x.example\0")]
    [InlineData("ana")]
    public void An_address_that_is_none_is_refused(string to)
    {
        var refused = Assert.Throws<RuleException>(() => Queue(to, link: null));

        Assert.Equal("Email", Assert.Single(refused.Broken).Property);
        Assert.Null(kept);
    }

    [Fact]
    public void A_value_cannot_break_out_of_the_subject()
    {
        var refused = Assert.Throws<RuleException>(() => Mailer().Queue("ana@x.example", "Record.Restored", "Save", ["x\r\nBcc: all@x.example"], link: null, English, forUserId: null));

        Assert.Equal("Mail.SubjectOneLine", Assert.Single(refused.Broken).Text);
    }

    private void Queue(string to, string? link, CultureInfo? language = null) => Mailer().Queue(to, "Save", "Save", [], link, language ?? English, 7);

    private Mailer Mailer() => new(outbox.Object, sealer.Object, new Localizer());
}
