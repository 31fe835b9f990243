using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>What is to become of the records that people look after.</summary>
/// <param name="ToId">Who gets them, where a part does not name somebody else.</param>
/// <param name="Parts">One for each record type; what is not named stays as it is.</param>
public sealed record HandOverOrder(long? ToId, IReadOnlyList<HandOverPart> Parts)
{
    /// <summary>All stays as it is.</summary>
    public static HandOverOrder Nothing { get; } = new(ToId: null, []);
}

/// <param name="Type">Name of the record type.</param>
/// <param name="ToId">Null takes the one of the whole order.</param>
public sealed record HandOverPart(string Type, HandOverChoice Choice, long? ToId = null);

/// <summary>Leave as it is; give to somebody else; take along into the team of the one who has it.</summary>
public enum HandOverChoice { Leave, Give, TakeAlong }

/// <summary>Records of one type that people look after.</summary>
/// <param name="Conditions">Of the list that shows them.</param>
/// <param name="Titles">The first of those that are the current user's to give.</param>
/// <param name="Flags">How many of them have a yes-or-no field set, such as that of a promise.</param>
public sealed record Held(RecordType Type, string Conditions, BulkCount Count, IReadOnlyList<string> Titles, IReadOnlyList<(Field Field, int Count)> Flags)
{
    /// <summary>Whether they belong to a team, which they can be taken along to.</summary>
    public bool HaveTeam => HandOvers.HasTeam(Type);

    /// <summary>Those that the current user sees, but may not give.</summary>
    public int Left => Count.Seen - Count.Mine;
}

/// <summary>Finds what people look after, and hands it over by bulk runs: every type that says who looks after its records is among them.</summary>
internal sealed class HandOvers(IBulkRows rows, IRepository<BulkRun> runs, BulkStart start, IRepository<User> users, RecordCatalogue catalogue, ICurrentUser me, TimeProvider clock)
{
    private const int Named = 3, MostShown = 6;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private IEnumerable<RecordType> Types => catalogue.Types.Where(t => t.Person is not null);

    public static bool HasTeam(RecordType type) => typeof(IOwned).IsAssignableFrom(type.Entity);

    /// <summary>Whether the current user sees everything that there is to look after.</summary>
    public bool SeesAll => Types.All(t => me.Access.ScopeOf(t.Name, RecordAction.View) == Scope.All);

    public async Task<IReadOnlyList<Held>> HeldAsync(IReadOnlyList<long> people, CancellationToken ct)
    {
        var held = new List<Held>();
        foreach (var type in Types.Where(t => me.Access.May(t.Name, RecordAction.View)))
        {
            if (await HeldAsync(type, people, ct) is { Count.Seen: > 0 } found)
                held.Add(found);
        }
        return held;
    }

    /// <summary>Keeps the runs for the save of what they belong to; they begin when it is committed.</summary>
    /// <exception cref="RuleException">Nobody is named who could get the records; nothing may be saved.</exception>
    public async Task AddAsync(IReadOnlyList<User> people, HandOverOrder order, CancellationToken ct)
    {
        Rule.RequireNone(await CheckAsync(people, order, ct));
        foreach (var part in order.Parts.Where(p => p.Choice != HandOverChoice.Leave))
        {
            foreach (var person in people)
                await AddAsync(catalogue[part.Type], person.Id, part.Choice == HandOverChoice.TakeAlong ? person.Id : (part.ToId ?? order.ToId)!.Value, ct);
        }
    }

    /// <summary>What was handed over of a person's records, the newest first.</summary>
    public async Task<IReadOnlyList<HandedOver>> OfAsync(long personId, CancellationToken ct)
    {
        var found = await runs.Query().Where(r => r.FromId == personId).OrderByDescending(r => r.Id).Take(MostShown).ToListAsync(ct);
        var known = found.Where(r => catalogue.Find(r.RecordType)?.Person is not null).Select(r => (Run: r, Type: catalogue[r.RecordType], To: ReceiverOf(r))).ToList();
        var ids = known.ConvertAll(k => k.To);
        var names = (await users.Query().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToListAsync(ct)).ToDictionary(u => u.Id, u => u.Name);
        return [.. known.Select(k => new HandedOver(k.Run.Id, k.Type, names.GetValueOrDefault(k.To), k.Run.State, k.Run.CreatedAt))];
    }

    private long ReceiverOf(BulkRun run) => FieldText.Read(catalogue[run.RecordType].Person!, run.Values[0].Text!) as long? ?? 0;

    private async Task<Held> HeldAsync(RecordType type, IReadOnlyList<long> people, CancellationToken ct)
    {
        var conditions = ConditionsOf(type, people);
        var title = type.Fields.First(f => f.Kind == FieldKind.Title);
        var chosen = Matching(type, $"{conditions}&cols={title.Key}");
        var right = BulkRights.ActionOf(type, BulkAction.Assign);
        var count = await rows.CountAsync(type, chosen, right, ct);
        var sample = count.Mine == 0 ? [] : (await rows.SampleAsync(type, chosen, right, Named, ct)).Rows;
        var flags = new List<(Field, int)>();
        foreach (var flag in type.With(FieldUse.Filter).Where(f => f.Kind == FieldKind.Flag && count.Seen > 0))
            flags.Add((flag, (await rows.CountAsync(type, Matching(type, $"{conditions}&f.{flag.Key}.is=true"), right, ct)).Seen));
        return new(type, conditions, count, [.. sample.Select(r => r.Cells[0].Value as string ?? "")], [.. flags.Where(f => f.Item2 > 0)]);
    }

    private async Task AddAsync(RecordType type, long from, long to, CancellationToken ct)
    {
        var chosen = Matching(type, ConditionsOf(type, [from]));
        var count = await rows.CountAsync(type, chosen, BulkRights.ActionOf(type, BulkAction.Assign), ct);
        if (count.Mine == 0)
            return;

        var (run, all) = (new BulkRun { RecordType = type.Name, Action = BulkAction.Assign, FromId = from, Values = [new(type.Person!.Key, FieldText.Write(to))] }, new Selection());
        all.ChooseAll(chosen.Query.Conditions, Now);
        run.Take(all);
        start.Add(run, count.Seen);
    }

    private async Task<List<Broken>> CheckAsync(IReadOnlyList<User> people, HandOverOrder order, CancellationToken ct)
    {
        var broken = new List<Broken>();
        foreach (var (at, part) in order.Parts.Index().Where(p => p.Item.Choice != HandOverChoice.Leave))
        {
            var type = Types.FirstOrDefault(t => t.Name == part.Type);
            Rule.Require(type is not null && Enum.IsDefined(part.Choice) && (part.Choice == HandOverChoice.Give || HasTeam(type)), "Error.Choose");
            if (part.Choice == HandOverChoice.Give && await RefusedAsync(people, part.ToId ?? order.ToId, ct) is { } text)
                broken.Add(new(text, part.ToId is null ? nameof(order.ToId) : $"{nameof(order.Parts)}[{at}].{nameof(part.ToId)}"));
        }
        return [.. broken.Distinct()];
    }

    /// <summary>Why somebody cannot get the records; null when he can.</summary>
    private async Task<string?> RefusedAsync(IReadOnlyList<User> people, long? to, CancellationToken ct)
    {
        if (to is not { } id)
            return "HandOver.ChoosePerson";
        if (people.Any(p => p.Id == id))
            return "HandOver.HasThem";
        return await users.Query().Where(u => u.Id == id && u.IsActive).AnyAsync(ct) ? null : "Error.ReferenceNotFound";
    }

    private Chosen Matching(RecordType type, string conditions) => new(ListQuery.Parse(type, ListQuery.ReadQuery(conditions)), IsAll: true, [], Now);

    /// <summary>A type's own view "mine", as it is for these people: what there is still to do about, where the type knows that.</summary>
    private static string ConditionsOf(RecordType type, IEnumerable<long> people)
    {
        var person = $"f.{type.Person!.Key}.is";
        var mine = type.Views.FirstOrDefault(v => v.Key == "mine")?.Query ?? "";
        return string.Join('&', [.. people.Select(id => $"{person}={FieldText.Write(id)}"), .. mine.Split('&').Where(c => ListQuery.IsFilter(c) && !c.StartsWith(person, StringComparison.Ordinal))]);
    }
}
