using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.UnitTests.Access;

public sealed class FieldRuleTests
{
    private static readonly FieldRule HidesRevenue = new("Customer", "AnnualRevenue", FieldRight.None), ReadsRevenue = HidesRevenue with { Right = FieldRight.Read };
    private static readonly RecordType[] Types = [new CustomerType(), new ContactType(), new ActivityType(), new AttachmentType()];

    [Fact]
    public void The_most_open_role_counts()
    {
        Assert.Equal(FieldRight.None, Rights(Role(HidesRevenue)).RightOn("Customer", "AnnualRevenue"));
        Assert.Equal(FieldRight.Read, Rights(Role(HidesRevenue), Role(ReadsRevenue)).RightOn("Customer", "AnnualRevenue"));
        Assert.Equal(FieldRight.Edit, Rights(Role(HidesRevenue), Role()).RightOn("Customer", "AnnualRevenue"));
        Assert.Equal(FieldRight.Edit, Rights(Role(HidesRevenue)).RightOn("Customer", "Rating"));
    }

    [Fact]
    public void A_role_that_does_not_see_the_records_has_no_say() =>
        Assert.Equal(FieldRight.None, Rights(Role(HidesRevenue), new Role { Grants = [new("Contact", RecordAction.View, Scope.All)] }).RightOn("Customer", "AnnualRevenue"));

    [Fact]
    public void Nobody_hands_on_a_field_that_is_closed_to_him()
    {
        Assert.False(Rights(Role(ReadsRevenue)).Holds(Rights(Role())));
        Assert.True(Rights(Role(ReadsRevenue)).Holds(Rights(Role(HidesRevenue))));
        Assert.False(Rights(Role(HidesRevenue)).Holds(Rights(Role(ReadsRevenue))));
        Assert.True(Rights(Role()).Holds(Rights(Role(ReadsRevenue))));
    }

    [Theory]
    [InlineData("Customer", "Name", FieldRight.Read)] // a record without a name is none
    [InlineData("Customer", "Email", FieldRight.None)] // search would tell it
    [InlineData("Customer", "TaxNumber", FieldRight.None)]
    [InlineData("Customer", "Lifecycle", FieldRight.Read)] // nobody sets it
    [InlineData("Activity", "Body", FieldRight.None)] // the timeline tells it
    [InlineData("Customer", "Nothing", FieldRight.None)]
    [InlineData("User", "Email", FieldRight.None)]
    public void A_rule_that_could_not_be_kept_is_refused(string type, string field, FieldRight right) =>
        Assert.Equal("Fields", Assert.Throws<RuleException>(() => new RoleFields(Types).Define(new Role(), new("Junior", [], []) { Fields = [new(type, field, right)] })).Broken[0].Property);

    [Fact]
    public void A_role_keeps_what_limits()
    {
        var role = new Role();

        new RoleFields(Types).Define(role, new("Junior", [new("Customer", RecordAction.View, Scope.Own)], []) { Fields = [HidesRevenue, new("Customer", "Rating", FieldRight.Edit), ReadsRevenue] });

        Assert.Equal([HidesRevenue], role.Fields);
    }

    [Fact]
    public void A_hidden_field_is_not_there_and_nothing_tells_it()
    {
        var seen = For(new FieldRule("Customer", "Employees", FieldRight.None), new FieldRule("Customer", "LastTouchAt", FieldRight.None), new FieldRule("Customer", "Country", FieldRight.None));

        Assert.Null(seen.Find("employees"));
        Assert.Null(seen.Find("sizeBand")); // it follows from the employees
        Assert.DoesNotContain("lastTouch", seen.Columns);
        Assert.DoesNotContain(seen.Views, v => v.Key == "quiet"); // it asks for the last touch
        Assert.Contains(seen.Views, v => v.Key == "mine");
        Assert.DoesNotContain(seen.Find("name")!.Extras, e => e.ToString().Contains("Country", StringComparison.Ordinal));
        Assert.Equal(new CustomerType().Find("name")!.Extras.Count, seen.Find("name")!.Extras.Count); // the others keep their place
    }

    [Fact]
    public void A_field_to_be_read_is_shown_and_cannot_be_set()
    {
        var rating = For(new FieldRule("Customer", "Rating", FieldRight.Read)).Find("rating")!;

        Assert.False(rating.CanSet);
        Assert.False(rating.Has(FieldUse.Import) || rating.Has(FieldUse.Bulk) || rating.Has(FieldUse.Inline));
        Assert.True(rating.Has(FieldUse.List) && rating.Has(FieldUse.Filter) && rating.Has(FieldUse.Export));
        Assert.True(new CustomerType().Find("rating")!.CanSet);
    }

    [Fact]
    public void What_is_shown_of_a_record_is_emptied()
    {
        var seen = For(new("Customer", "AnnualRevenue", FieldRight.None), new("Customer", "Tags", FieldRight.None), new("Customer", "NextStepOn", FieldRight.None));
        var customer = seen.Conceal(new Customer { Name = "Halden", AnnualRevenue = 5, Currency = "SEK", Tags = ["fair"], Rating = CustomerRating.A });
        var figures = seen.Conceal(new CustomerFigures { NextStepOn = new(2026, 3, 2), NextStep = "Call", OpenPromises = 2 });

        Assert.Equal((null, 0, CustomerRating.A), (customer.AnnualRevenue, customer.Tags.Count, customer.Rating));
        Assert.Equal("SEK", customer.Currency); // it stands beside the amount, and is a field of its own
        Assert.Equal((null, null, 2), (figures.NextStepOn, figures.NextStep, figures.OpenPromises));
    }

    /// <summary>What search finds by and duplicates are recognised by would tell a hidden value.</summary>
    [Fact]
    public void Nothing_that_can_be_hidden_can_be_found_by()
    {
        var told = new List<string>();
        foreach (var type in Types.Where(t => t.Entity.IsAssignableTo(typeof(ISearchable))))
        {
            foreach (var field in type.Fields.Where(f => f is { CanHide: true, CanSet: true, ValueType.Name: nameof(String) }))
            {
                var record = (Domain.Common.Record)Activator.CreateInstance(type.Entity)!;
                field.Set(record, field.Kind switch { FieldKind.Country => "SE", FieldKind.Currency => "SEK", FieldKind.Language => "sv", _ => "zzqwvj" });
                var (value, searched) = ((string)field.Get(record)!, (ISearchable)record);
                if (searched.SearchTexts.Concat(searched.MatchKeys.Select(k => k.Value)).Any(t => t?.Contains(value, StringComparison.OrdinalIgnoreCase) == true))
                    told.Add(field.Label);
            }
        }

        Assert.Empty(told);
    }

    private static RecordType For(params FieldRule[] rules) => new RecordCatalogue(Types, new Viewer(Rights(Role(rules))))["Customer"];

    private static AccessRights Rights(params Role[] roles) => new(7, homeTeamId: null, [], [], roles);

    private static Role Role(params FieldRule[] rules) => new() { Grants = [new("Customer", RecordAction.View, Scope.All)], Fields = rules };

    private sealed class Viewer(AccessRights access) : ICurrentUser
    {
        public long? Id => access.UserId;
        public string Name => "Ana";
        public AccessRights Access => access;
        public Habits Habits => Habits.Neutral;
        public string? From => null;
        public string? Why => null;
    }
}
