using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;

namespace CrmWeb.DataTests.Common.Bulk;

/// <summary>Where a test's records go: into the repositories, or into the bulk writer.</summary>
internal interface IKeeper
{
    void Add<T>(T record) where T : Domain.Common.Record;
    void AddPart<T>(T part) where T : class;
}

/// <summary>Some of everything a batch can hold, on new customers and on one that was there before.</summary>
internal sealed class BulkInput(IKeeper keep, DateTime now, User owner, long existing)
{
    private DateOnly Today => DateOnly.FromDateTime(now);

    public void Fill()
    {
        var group = Customer("Halden Group AB");
        var robotics = Customer("Halden Robotics AB");
        robotics.ParentId = group.Id;
        var qinghe = Customer("清河仪器（苏州）有限公司");
        keep.AddPart(qinghe.Move(Lifecycle.Active, reason: null, now, owner.Id));

        var elin = Contact("Sandström", "Elin", robotics.Id);
        elin.ReportsToId = Contact("Kjellberg", "Jonas", group.Id).Id;
        Contact("周", "明", qinghe.Id);
        Contact("Öberg", "Maja", existing);
        Contact("Nobody", "Known", customerId: null);

        Activities(robotics.Id, elin.Id);
        Activities(existing, contactId: null);
        Others(robotics.Id, group.Id, elin.Id);
    }

    private void Activities(long customerId, long? contactId)
    {
        Done(new() { Kind = ActivityKind.Call, Subject = "Wants the warranty split out", Body = "Budget is approved.", StartAt = now.AddDays(-3), DurationMinutes = 14, CustomerId = customerId, ContactId = contactId, AssigneeId = owner.Id });
        Done(new() { Kind = ActivityKind.Note, Subject = "Mine alone", IsPrivate = true, CustomerId = customerId });
        Done(new() { Kind = ActivityKind.Task, Subject = "Sent the quote", IsPromise = true, DueOn = Today.AddDays(1), CustomerId = customerId });
        Done(new() { Kind = ActivityKind.Task, Subject = "Sent the seal", IsPromise = true, DueOn = Today.AddDays(-1), CustomerId = customerId });
        keep.Add(new Activity { Kind = ActivityKind.Task, Subject = "Send white paper", IsPromise = true, DueOn = Today.AddDays(5), CustomerId = customerId });
        keep.Add(new Activity { Kind = ActivityKind.Task, Subject = "回访三号线验收", DueOn = Today.AddDays(2), CustomerId = customerId, Reminders = [15, 60] });
        keep.Add(new Activity { Kind = ActivityKind.Task, Subject = "Water the plants", AssigneeId = owner.Id });
    }

    private void Others(long robotics, long group, long elin)
    {
        keep.Add(new Attachment { CustomerId = robotics, Name = "scope-v3.pdf", Hash = new('a', 64), MediaType = "application/pdf", Size = 1_024 });
        keep.Add(new Relationship { Kind = RelationshipKind.SubsidiaryOf, CustomerId = robotics, OtherCustomerId = group, FromOn = Today });
        keep.Add(new Consent { CustomerId = robotics, ContactId = elin, Purpose = ConsentPurpose.Marketing, State = ConsentState.Granted, Source = "Web form", At = now });
    }

    private Customer Customer(string name)
    {
        var customer = new Customer
        {
            Name = name,
            Email = "info@firm.example",
            Phone = "+46 31 555 01 80",
            PhoneE164 = "+46315550180",
            Website = "firm.example",
            AnnualRevenue = 1_100.04m,
            TaxNumber = "SE556677889901",
            Tags = ["automation", "reference"],
            OtherPhones = [new("+46315550181", "Desk")],
            Roles = CustomerRoles.EndCustomer | CustomerRoles.Partner,
            ServiceLevel = ServiceLevel.Gold,
            FoundedYear = 1987,
        };
        customer.Assign(owner.Id, owner.HomeTeamId);
        keep.Add(customer);
        return customer;
    }

    private Contact Contact(string family, string given, long? customerId)
    {
        var contact = new Contact { FamilyName = family, GivenName = given, Email = $"{given}@firm.example", Birthday = new(1980, 2, 29), Role = ContactRole.Decides };
        keep.Add(contact);
        if (contact.WorkFor(customerId, Today, current: null) is { } link)
            keep.AddPart(link);
        return contact;
    }

    private void Done(Activity activity)
    {
        keep.Add(activity);
        activity.Complete(now);
    }
}
