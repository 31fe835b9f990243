using CrmWeb.Services.Access;

namespace CrmWeb.Services.Customers;

/// <summary>A record with the very tax number or e-mail of another one is saved only with a reason. It stands in the audit, and the two are not asked about again.</summary>
internal sealed class SameRecords(IDuplicateFinder finder, IDifferentPairs pairs, Actor actor)
{
    private const int LongestReason = 200;

    /// <param name="draft">The record as it is to be saved.</param>
    /// <exception cref="SameRecordException">There is one, and no reason.</exception>
    public async Task RequireReasonAsync<T>(T draft, FieldValues values, CancellationToken ct) where T : Record
    {
        if (!values.Keys.Any(k => k is "taxNumber" or "email" or "otherEmails") || await finder.SureAsync(draft, ct) is not { Count: > 0 } same)
            return;

        var why = values.Answer.Why?.Trim() ?? "";
        if (why.Length is 0 or > LongestReason)
            throw new SameRecordException(same, why.Length == 0 ? new("Duplicate.NeedsReason", nameof(DuplicateAnswer.Why)) : new("Error.TooLong", nameof(DuplicateAnswer.Why), LongestReason));
        actor.Why = why;
        values.Answer = values.Answer with { Different = [.. values.Answer.Different, .. same.Where(s => !s.IsHidden).Select(s => s.Id)] };
    }

    public Task RememberAsync<T>(T record, FieldValues values, CancellationToken ct) where T : Record => pairs.KeepAsync<T>(record.Id, values.Answer.Different, ct);
}

/// <summary>There is a record with the same tax number or e-mail already.</summary>
public sealed class SameRecordException(IReadOnlyList<Duplicate> same, Broken broken) : RuleException([broken])
{
    public IReadOnlyList<Duplicate> Same => same;
}
