using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

public sealed class SizeBandTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(0, null)]
    [InlineData(1, SizeBand.Micro)]
    [InlineData(9, SizeBand.Micro)]
    [InlineData(10, SizeBand.Small)]
    [InlineData(49, SizeBand.Small)]
    [InlineData(50, SizeBand.Medium)]
    [InlineData(249, SizeBand.Medium)]
    [InlineData(250, SizeBand.Large)]
    [InlineData(999, SizeBand.Large)]
    [InlineData(1_000, SizeBand.VeryLarge)]
    public void It_follows_from_the_employees(int? employees, SizeBand? expected)
    {
        Assert.Equal(expected, new Customer { Employees = employees }.SizeBand);
    }
}
