namespace CrmWeb.Web.Common.Errors;

/// <summary>What an error page shows.</summary>
/// <param name="Reference">Code of the failure in the log.</param>
/// <param name="Detail">What exactly was wrong or lacking, where that is known; the general sentence otherwise.</param>
public sealed record Problem(int Status, string? Reference, string? Detail = null)
{
    /// <summary>What was typed into the form that was not looked at, to be sent again.</summary>
    public TypedForm? Typed { get; init; }

    /// <summary>The status whose sentences fit: others are told as their kind.</summary>
    public int Told => Known(Status);

    public string Icon => Told switch
    {
        401 or 403 => "lock",
        404 => "search",
        409 => "versions",
        413 or 414 or 431 => "file",
        429 or 503 => "hourglass",
        _ => "alert-triangle",
    };

    public bool IsOurs => Status >= 500;

    public static int Known(int status) => status switch
    {
        400 or 401 or 403 or 404 or 405 or 409 or 413 or 414 or 429 or 431 or 503 or 507 => status,
        >= 500 => 500,
        _ => 400,
    };
}
