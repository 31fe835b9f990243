namespace CrmWeb.Services.Common;

/// <summary>What is done with each record of a bulk run, with the checks of a single edit.</summary>
internal sealed class BulkChange<T>(RecordType<T> type, BulkRun run, RecordChecks checks) where T : Record
{
    private readonly FieldValues values = Read(type, run);
    private NewOwner? owner;

    /// <summary>Looks up once what holds for all records.</summary>
    /// <exception cref="RuleException">The person or another record that is named is not there.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (run.Action == BulkAction.Assign && type.Person is { CanSet: false } person)
            owner = await checks.OwnerAsync(values[person.Key] as long?, ct);
        else
            Rule.RequireNone(await checks.ReferencesAsync(type, values, ct));
    }

    /// <returns>False when the record is so already.</returns>
    /// <exception cref="RuleException">A rule of the record forbids it; it must not be saved.</exception>
    public async Task<bool> ApplyAsync(T record, CancellationToken ct)
    {
        switch (run.Action)
        {
            case BulkAction.Delete:
                await checks.DeleteAsync(record, ct);
                return true;
            case BulkAction.Assign when owner is not null:
                return Assign((IOwned)record, owner);
            case BulkAction.Tag:
                return await SetAsync(record, new() { [type.Tags!.Key] = Tags(type.Tags.Get(record) as IEnumerable<string> ?? []) }, ct);
            default:
                return await SetAsync(record, values, ct);
        }
    }

    private static bool Assign(IOwned record, NewOwner owner)
    {
        if (record.OwnerId == owner.Id && record.OwnerTeamId == owner.TeamId)
            return false;
        record.Assign(owner.Id, owner.TeamId);
        return true;
    }

    private async Task<bool> SetAsync(T record, FieldValues wanted, CancellationToken ct)
    {
        if (wanted.All(v => FieldValues.Same(type.Find(v.Key)!.Get(record), v.Value)))
            return false;
        await checks.ChangeAsync(type, record, wanted, references: [], ct); // they were looked for once
        return true;
    }

    /// <summary>Small and capital letters make no other tag; those that stay keep their place.</summary>
    private string[] Tags(IEnumerable<string> present)
    {
        var same = StringComparer.OrdinalIgnoreCase;
        return [.. present.Where(t => !run.RemoveTags.Contains(t, same)).Concat(run.AddTags).Distinct(same)];
    }

    private static FieldValues Read(RecordType type, BulkRun run)
    {
        var read = new FieldValues();
        foreach (var (key, text) in run.Values)
            read[key] = FieldText.Read(type.Find(key)!, text);
        return read;
    }
}
