using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.DataTests.Customers;

/// <summary>What people allowed: the latest word counts, earlier ones stay.</summary>
public sealed class ConsentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_latest_state_of_a_purpose_and_channel_is_shown()
    {
        await using var scope = database.AsSystem();
        var id = await scope.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Halden Robotics AB" }, Ct);
        var consents = scope.Get<IConsentService>();

        await consents.RecordAsync(Said(id, ConsentState.Granted, "web form"), Ct);
        database.Clock.Now += TimeSpan.FromDays(1);
        await consents.RecordAsync(Said(id, ConsentState.Withdrawn, "phone call"), Ct);

        var shown = Assert.Single((await scope.Get<ICustomerService>().ShowAsync(id, Ct)).Consents);
        Assert.Equal((ConsentState.Withdrawn, "phone call"), (shown.State, shown.Source));
        Assert.Equal(2, scope.Repository<Consent>().Query().Count(c => c.CustomerId == id));
    }

    [Fact]
    public async Task A_source_is_needed_and_a_customer_that_may_be_seen()
    {
        var (west, east) = (await database.AddTeamAsync("West"), await database.AddTeamAsync("East"));
        var (ana, eve) = (await database.AddUserAsync("Ana", west, BuiltInRoles.Sales), await database.AddUserAsync("Eve", east, BuiltInRoles.Sales));
        await using var hers = await database.AsAsync(eve);
        var id = await hers.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Eastern AB" }, Ct);

        var refused = await Assert.ThrowsAsync<RuleException>(() => hers.Get<IConsentService>().RecordAsync(Said(id, ConsentState.Granted, " "), Ct));
        Assert.Equal(nameof(Consent.Source), Assert.Single(refused.Broken).Property);

        await using var other = await database.AsAsync(ana);
        await Assert.ThrowsAsync<RecordNotFoundException>(() => other.Get<IConsentService>().RecordAsync(Said(id, ConsentState.Granted, "call"), Ct));
    }

    [Fact]
    public async Task A_persons_consent_stands_with_the_person_and_follows_his_customers_rights()
    {
        var east = await database.AddTeamAsync("East 2");
        var eve = await database.AddUserAsync("Eve", east, BuiltInRoles.Sales);
        await using var scope = await database.AsAsync(eve);
        var customer = await scope.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Person AB" }, Ct);
        var person = await scope.Get<IRecordService<Contact>>().CreateAsync(new() { ["familyName"] = "Öberg", ["customer"] = customer }, Ct);

        await scope.Get<IConsentService>().RecordAsync(Said(null, ConsentState.Granted, "card") with { ContactId = person }, Ct);

        Assert.Equal(ConsentState.Granted, Assert.Single((await scope.Get<IContactService>().ShowAsync(person, Ct)).Consents).State);
        Assert.Empty((await scope.Get<ICustomerService>().ShowAsync(customer, Ct)).Consents);
        Assert.Equal(eve.Id, scope.Repository<Consent>().Query().Single(c => c.ContactId == person).ScopeOwnerId);
    }

    private static RecordConsent Said(long? customer, ConsentState state, string source) =>
        new(customer, ContactId: null, ConsentPurpose.Marketing, Channel.Email, LawfulBasis.Consent, state, source, Evidence: null);
}
