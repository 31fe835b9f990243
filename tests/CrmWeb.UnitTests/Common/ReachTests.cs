using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.UnitTests.Common;

/// <summary>Further phones and mails are typed one a line, and come back as they were typed.</summary>
public sealed class ReachTests
{
    [Theory]
    [InlineData("+46 31 555 01 81 (Goods in)", "+46 31 555 01 81|Goods in")]
    [InlineData("a@x.example\r\n b@x.example （财务） \n", "a@x.example|;b@x.example|财务")]
    [InlineData("1; 2；3", "1|;2|;3|")]
    [InlineData("(031) 555 01 81", "(031) 555 01 81|")]
    [InlineData("031 ()", "031 ()|")]
    [InlineData("a@x.example\na@x.example", "a@x.example|")]
    public void Lines_are_read_and_written(string typed, string expected)
    {
        var read = Reach.Read(typed);

        Assert.Equal(expected, string.Join(';', read.Select(r => $"{r.Value}|{r.Label}")));
        Assert.Equal(read, Reach.Read(FieldText.Write(read)!));
    }

    [Theory]
    [InlineData("a@x.example\nnot a mail", "Error.Email")]
    [InlineData("1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21", "Error.TooManyReaches")]
    public void What_is_no_mail_or_too_many_is_refused(string typed, string text)
    {
        var values = new FieldValues { ["name"] = "Halden", ["otherEmails"] = Reach.Read(typed) };

        Assert.Equal((text, nameof(Customer.OtherEmails)), Assert.Single(values.CheckOn(new CustomerType(), new Customer()), b => b.Text == text) is var broken ? (broken.Text, broken.Property) : default);
    }
}
