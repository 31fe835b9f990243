using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Data.Access;

/// <summary>Counts tries for addresses nobody signs in with, so that they lock like known ones and tell nothing.</summary>
internal sealed class StrangerTries
{
    private const int MostKept = 10_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Tries, DateTimeOffset Until)> tries = new(StringComparer.Ordinal);
    private string? hash;

    /// <summary>A hash to compare with where there is none.</summary>
    public string Hash(Func<string> make) => hash ??= make();

    /// <returns>Until when the address is locked; null when it is not.</returns>
    public DateTimeOffset? Count(string email, LockoutOptions lockout, DateTimeOffset now)
    {
        lock (gate)
        {
            if (tries.Count >= MostKept)
                tries.Clear();
            var (count, until) = tries.GetValueOrDefault(email);
            if (until > now)
                return until;

            count++;
            until = count >= lockout.MaxFailedAccessAttempts ? now + lockout.DefaultLockoutTimeSpan : default;
            tries[email] = (until > now ? 0 : count, until);
            return until > now ? until : null;
        }
    }
}
