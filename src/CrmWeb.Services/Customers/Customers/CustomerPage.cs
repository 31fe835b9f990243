using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What the page of a customer shows, cut to what the viewer may see.</summary>
/// <param name="Shares">Whom it is shared with; told to those who may share it.</param>
/// <param name="Names">Names of what the customer's references lead to, by field key; absent where the viewer may not see it.</param>
public sealed record CustomerPage(
    RecordSnapshot Record, CustomerHeader Header, IReadOnlyDictionary<string, string> Names, CustomerFigures Figures, CustomerBrief Brief,
    IReadOnlyList<OpenActivity> Ahead, IReadOnlyList<PersonRow> People,
    IReadOnlyList<FileRow> Files, IReadOnlyList<CustomerLink> Related, IReadOnlyList<ConsentRow> Consents, IReadOnlyList<ShareRow> Shares, CustomerRights May);

/// <summary>What everyone must know before talking to a customer: the same block wherever the customer stands.</summary>
/// <param name="Lines">At most four, worst first.</param>
/// <param name="Talkers">Colleagues with a touch in the last 90 days or a planned one, the owner first.</param>
/// <param name="Promises">Open ones, by the day they are due.</param>
public sealed record CustomerBrief(
    long CustomerId, string Name, IReadOnlyList<BriefLine> Lines, IReadOnlyList<Talker> Talkers, IReadOnlyList<OpenActivity> Promises, bool MayAdd);

public sealed record CustomerHeader(
    string Name, string? OtherName, CustomerKind Kind, string? Number, Domain.Customers.Lifecycle Lifecycle, DateTime? CustomerSince, long? OwnerId, string? Owner, string? City, string? Country,
    string? TimeZone, string? Phone, string? PhoneE164, string? Email, string? Website, string? Language, Channel? PreferredChannel, DateTime CreatedAt);

/// <summary>What the viewer may do here: controls he may not use are not on the page.</summary>
public sealed record CustomerRights(bool Edit, bool Delete, bool Assign, bool AddActivity, bool AddContact, bool AddFile, bool AddConsent, bool Tie, bool Share);

/// <summary>One thing to know before talking to the customer, worst first.</summary>
/// <param name="Kind">Which rule produced it; the sentence is "Brief.{Kind}".</param>
/// <param name="Day">The day it is about.</param>
/// <param name="Count">Days or things, as the sentence needs them.</param>
/// <param name="Text">Words of the record it is about.</param>
public sealed record BriefLine(BriefKind Kind, DateOnly? Day = null, int Count = 0, string? Text = null, long? ActivityId = null);

/// <summary>In the order of their weight.</summary>
public enum BriefKind { PromiseLate, TaskLate, AtRisk, Lost, BadMood, ContactRule, DoNotCall, NoNextStep, Quiet, NewCustomer }

/// <summary>A colleague who deals with the customer.</summary>
/// <param name="At">UTC of the latest touch; null when one is only planned.</param>
public sealed record Talker(long UserId, string Name, string? JobTitle, bool IsOwner, DateTime? At, ActivityKind? Kind, DateOnly? PlannedOn);

public sealed record OpenActivity(long Id, Guid Version, ActivityKind Kind, string Subject, DateOnly? DueOn, DateTime? StartAt, long? AssigneeId, string? Assignee);

public sealed record PersonRow(long Id, string Name, string? JobTitle, ContactRole? Role, string? Email, string? Phone, bool DoNotCall);

/// <param name="Size">Bytes.</param>
public sealed record FileRow(long Id, Guid Version, string Name, long Size, DateTime At, long? ById);

/// <summary>Another customer this one is tied to.</summary>
/// <param name="Relation">Resource key of how; its {0} is this customer.</param>
/// <param name="TieId">The relationship, where it is this customer's to end.</param>
public sealed record CustomerLink(long Id, string Name, string Relation, long? TieId = null);

public sealed record ConsentRow(ConsentPurpose Purpose, Channel Channel, ConsentState State, DateTime At, string Source);
