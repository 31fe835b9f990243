using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Access;

/// <summary>People who share customers. Teams are the only tree: a scope "subtree" follows <see cref="ParentId"/> downwards.</summary>
public sealed class Team : Record
{
    [Required, MaxLength(100)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";
    public long? ParentId { get; set; }

    public override string Title => Name;

    /// <summary>The given teams and all below them.</summary>
    /// <param name="parents">Team id → parent id, of all teams.</param>
    public static IReadOnlySet<long> Subtree(IReadOnlyDictionary<long, long?> parents, IEnumerable<long> roots)
    {
        var children = parents.Where(p => p.Value is not null).ToLookup(p => p.Value!.Value, p => p.Key);
        var found = new HashSet<long>();
        var open = new Stack<long>(roots);
        while (open.TryPop(out var team))
        {
            if (found.Add(team))
            {
                foreach (var child in children[team])
                    open.Push(child);
            }
        }
        return found;
    }
}
