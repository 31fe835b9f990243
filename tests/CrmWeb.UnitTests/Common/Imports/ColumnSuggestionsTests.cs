using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.UnitTests.Common;

public class ColumnSuggestionsTests
{
    public static TheoryData<RecordType> Types => [new CustomerType(), new ContactType(), new ActivityType()];

    [Theory, MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void No_two_fields_of_a_type_are_called_the_same(RecordType type)
    {
        var claims = type.With(FieldUse.Import).SelectMany(f => ColumnSuggestions.WordsOf(f).Select(w => (Word: w, f.Key))).GroupBy(c => c.Word, StringComparer.Ordinal).ToList();

        Assert.True(claims.Count > 30, "hardly any word was found");
        Assert.Empty(claims.Where(c => c.Count() > 1).Select(c => $"{c.Key}: {string.Join(", ", c.Select(f => f.Key))}"));
    }

    [Fact]
    public void Heads_are_recognised_in_any_writing_and_either_language()
    {
        string[] heads = ["Company_Name", "年营业额", "ANNUAL REVENUE", "nothing known", "e-mail", ""];

        var columns = ColumnSuggestions.For(new CustomerType(), heads);

        Assert.Equal(["name", "annualRevenue", null, null, "email", null], columns.Select(c => c.Field)); // a field is filled once
    }
}
