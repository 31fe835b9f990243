using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Common;

/// <summary>What every database holds from the first start: the System user and the built-in roles, kept as the product describes them.</summary>
public sealed class FirstRows(CrmDb db)
{
    private const long FirstRole = 10;

    public async Task AddAsync(CancellationToken ct)
    {
        if (!await db.Set<User>().AnyAsync(u => u.Id == User.SystemId, ct))
        {
            var system = new User { Name = "CrmWeb", Kind = UserKind.System };
            system.Identify(User.SystemId);
            db.Add(system);
        }

        if (!await db.Set<Sequence>().AnyAsync(s => s.Name == Sequences.Rights, ct))
            db.Add(new Sequence { Name = Sequences.Rights, Next = 1 });

        var known = await db.Set<Role>().AsTracking().Where(r => r.BuiltIn != null).ToDictionaryAsync(r => r.BuiltIn!, StringComparer.Ordinal, ct);
        foreach (var (name, place) in BuiltInRoles.Names.Select((n, i) => (n, i)))
        {
            if (!known.TryGetValue(name, out var role))
            {
                role = new() { Name = name, BuiltIn = name };
                role.Identify(FirstRole + place);
                db.Add(role);
            }
            role.Grants = BuiltInRoles.Grants(name);
            role.Rights = BuiltInRoles.Rights(name);
        }
        await db.SaveAsync(ct);
    }
}
