using System.Xml.Linq;
using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common;

public class EmailAddressTests
{
    /// <summary>The suite writes control characters as their pictures.</summary>
    private static List<(string Address, string Category)> Suite => [.. XDocument.Load(TestData.PathOf("contacts/email-addresses/tests.xml")).Descendants("test")
        .Select(test => (string.Concat(test.Element("address")!.Value.Select(c => c is >= '\u2400' and <= '\u2420' ? (char)(c - 0x2400) : c)), test.Element("category")!.Value))];

    [Fact]
    public void Valid_addresses_are_accepted()
    {
        var valid = Suite.Where(test => test.Category is "ISEMAIL_VALID_CATEGORY" or "ISEMAIL_DNSWARN").ToList();

        Assert.Equal(22, valid.Count);
        Assert.DoesNotContain(valid, test => !EmailAddress.IsValid(test.Address));
    }

    [Fact]
    public void Invalid_addresses_are_refused()
    {
        var errors = Suite.Where(test => test.Category == "ISEMAIL_ERR").ToList();

        Assert.Equal(66, errors.Count);
        Assert.DoesNotContain(errors, test => EmailAddress.IsValid(test.Address));
    }

    [Fact]
    public void Whatever_holds_a_line_break_a_comment_or_quotes_is_refused() => Assert.DoesNotContain(Suite, test =>
        test.Address.Any(c => c is '\r' or '\n' or '\0' or '(' or '"' or ' ') && EmailAddress.IsValid(test.Address));

    [Theory]
    [InlineData("zoe@brontë.example")]
    [InlineData("用户@例子.中国")]
    public void All_scripts_have_addresses(string address) => Assert.True(EmailAddress.IsValid(address));

    [Theory]
    [InlineData("a@b@c.example")]
    [InlineData("a@x_y.example")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@exa mple.example")]
    [InlineData("a\u200B@b.example")]
    [InlineData("a@\uD83D.example")]
    public void These_are_none(string address) => Assert.False(EmailAddress.IsValid(address));

    [Fact]
    public void A_long_address_is_refused_whatever_it_holds() => Assert.False(EmailAddress.IsValid($"a@{new string('b', 1_000_000)}"));

    [Theory]
    [InlineData(" ADA@HOME.example ", "ada@home.example")]
    [InlineData("Zoe@Brontë.example", "zoe@xn--bront-rsa.example")]
    [InlineData("zoe@xn--bront-rsa.example", "zoe@xn--bront-rsa.example")]
    [InlineData("nobody", null)]
    public void Addresses_are_compared_in_one_form(string address, string? normalized) => Assert.Equal(normalized, EmailAddress.Normalize(address));
}
