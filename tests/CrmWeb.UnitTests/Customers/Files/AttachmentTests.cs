using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

public sealed class AttachmentTests
{
    [Fact]
    public void Other_content_is_another_edition_and_the_same_is_refused()
    {
        var file = new Attachment { CustomerId = 1, Name = "offer.pdf", Hash = "a", MediaType = "application/pdf", Size = 10 };

        file.Replace("b", "application/pdf", 20);
        Assert.Equal("File.Same", Assert.Single(Assert.Throws<RuleException>(() => file.Replace("b", "application/pdf", 20)).Broken).Text);

        Assert.Equal(("b", 20, 2), (file.Hash, file.Size, file.Edition));
    }

    [Fact]
    public void It_has_a_name_a_content_and_a_kind() => Assert.Equal([nameof(Attachment.Hash), nameof(Attachment.MediaType), nameof(Attachment.Name)], new Attachment().Check().Select(b => b.Property).Order());
}
