using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common;

public class WebAddressTests
{
    [Theory]
    [InlineData("halden.example", "https://halden.example")]
    [InlineData(" www.Halden.example/ ", "https://www.halden.example")]
    [InlineData("HTTP://Halden.example/Path?q=1#x", "http://halden.example/Path?q=1#x")]
    [InlineData("https://halden.example:8443/a", "https://halden.example:8443/a")]
    [InlineData("https://例子.中国", "https://例子.中国")]
    [InlineData("halden.example:8080", "https://halden.example:8080")]
    [InlineData("192.0.2.7/shop", "https://192.0.2.7/shop")]
    public void Sites_become_links(string typed, string normalized)
    {
        Assert.Equal(normalized, WebAddress.Normalize(typed));
        Assert.Equal(normalized, WebAddress.Normalize(normalized));
    }

    [Theory]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://halden.example/%0Aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://halden.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:a@halden.example")]
    [InlineData("https://user:pass@halden.example")]
    [InlineData("https://bank.example@evil.example")]
    [InlineData("halden example")]
    [InlineData("https://halden.example/\r\nX: y")]
    [InlineData("localhost")]
    [InlineData("none")]
    [InlineData("https://")]
    public void Nothing_else_does(string typed) => Assert.Null(WebAddress.Normalize(typed));

    [Fact]
    public void Length_is_bounded() => Assert.Null(WebAddress.Normalize($"halden.example/{new string('a', WebAddress.MaxLength)}"));

    [Theory]
    [InlineData("https://www.Halden.example/about", "halden.example")]
    [InlineData("Elin@Halden.example", "halden.example")]
    [InlineData("zoe@brontë.example", "xn--bront-rsa.example")]
    [InlineData("www.example", "www.example")]
    [InlineData("192.0.2.7", null)]
    [InlineData("no address", null)]
    public void Web_and_mail_meet_in_their_domain(string address, string? domain) => Assert.Equal(domain, WebAddress.Domain(address));
}
