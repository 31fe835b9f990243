using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Access;

/// <summary>One sign-in of one device. The cookie names it; ending the row ends the sign-in.</summary>
public sealed class Session
{
    public required long Id { get; init; }
    public required long UserId { get; init; }
    public User? User { get; private set; }

    /// <summary>The user's access version at sign-in; another one there ends the session.</summary>
    public required int AccessVersion { get; set; }
    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; init; }
    /// <summary>UTC; written at most once a minute.</summary>
    public required DateTime SeenAt { get; set; }
    /// <summary>UTC; when the password was typed last.</summary>
    public required DateTime ConfirmedAt { get; set; }
    /// <summary>UTC.</summary>
    public DateTime? EndedAt { get; set; }
    /// <summary>"Keep me signed in": a longer idle time, the same absolute limit.</summary>
    public required bool IsKept { get; init; }

    [MaxLength(200)]
    public string? Device { get; init; }
    [MaxLength(45)]
    public string? Address { get; init; }

    /// <summary>How long a session may rest, kept or not, and how long it lives at most.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2), IdleKept = TimeSpan.FromDays(14), Absolute = TimeSpan.FromDays(30);

    /// <summary>How long a typed password is enough for what cannot be taken back.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Whether it was certainly the person himself a short while ago.</summary>
    /// <param name="now">UTC.</param>
    public bool IsFresh(DateTime now) => IsAlive(now) && now - ConfirmedAt < Fresh;

    /// <summary>When it ends if nobody comes any more. UTC.</summary>
    public DateTime RestsUntil => SeenAt + (IsKept ? IdleKept : Idle);

    /// <param name="now">UTC.</param>
    public bool IsAlive(DateTime now) => EndedAt is null && now < RestsUntil && now - StartedAt < Absolute;
}
