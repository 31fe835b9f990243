using System.Text.Json;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class AuditTrail(CrmDb db, ICurrentUser user, Sequences sequences, TimeProvider clock) : IAuditTrail
{
    public void Add(AccessEvent happened) => db.Add(new AuditEntry
    {
        Id = sequences.NextId(),
        At = clock.GetUtcNow().UtcDateTime,
        UserId = happened.By ?? user.Id,
        From = happened.From ?? user.From,
        Why = happened.Why ?? user.Why,
        Kind = happened.Kind,
        RecordType = happened.RecordType,
        RecordId = happened.RecordId,
        Changes = happened.Changes.Count == 0 ? null : JsonSerializer.Serialize(happened.Changes.ToDictionary(c => c.Key, c => new[] { c.Value.Old, c.Value.New })),
    });
}
