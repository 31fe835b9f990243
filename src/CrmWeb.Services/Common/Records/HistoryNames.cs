using System.Globalization;
using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Common;

/// <summary>Gives lines of a history the names of the people and records they speak of: one question for each kind of record, and only names the reader may see.</summary>
internal sealed class HistoryNames(ISearchService search, RecordCatalogue catalogue)
{
    /// <summary>How many names are asked for at once.</summary>
    private const int AtOnce = 200;

    public async Task<IReadOnlyList<HistoryLine>> OfAsync(IReadOnlyList<HistoryLine> lines, CancellationToken ct)
    {
        var names = await ReadAsync([.. lines.SelectMany(Asked).Distinct()], ct);
        string? Of(string? type, string? id) => type is not null && Id(id) is { } number ? names.GetValueOrDefault((type, number)) : null;
        return [.. lines.Select(l => l with
        {
            By = l.Entry.UserId is { } user ? names.GetValueOrDefault((nameof(User), user)) : null,
            Title = l.Type is { } type ? names.GetValueOrDefault((type.Name, l.Entry.RecordId)) : null,
            Changes = l.Changes?.Select(c => c with { OldName = Of(c.Field?.Reference, c.Old), NewName = Of(c.Field?.Reference, c.New) }).ToList(),
        })];
    }

    private static IEnumerable<(string Type, long Id)> Asked(HistoryLine line)
    {
        if (line.Entry.UserId is { } user)
            yield return (nameof(User), user);
        if (line.Type is { } type)
            yield return (type.Name, line.Entry.RecordId);
        foreach (var change in (line.Changes ?? []).Where(c => c.Field?.Reference is not null))
        {
            foreach (var id in new[] { Id(change.Old), Id(change.New) }.OfType<long>())
                yield return (change.Field!.Reference!, id);
        }
    }

    private async Task<Dictionary<(string Type, long Id), string>> ReadAsync(IReadOnlyList<(string Type, long Id)> asked, CancellationToken ct)
    {
        var names = new Dictionary<(string, long), string>();
        foreach (var type in asked.Where(a => catalogue.Find(a.Type) is not null).GroupBy(a => a.Type, StringComparer.Ordinal))
        {
            foreach (var ids in type.Select(t => t.Id).Chunk(AtOnce))
            {
                foreach (var (id, title) in await search.TitlesAsync(type.Key, ids, ct))
                    names[(type.Key, id)] = title;
            }
        }
        return names;
    }

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
