using System.Security.Cryptography;

namespace CrmWeb.Services.Common;

/// <summary>The code under which a failure stands in the log: people read it to each other, so no letter looks like a digit.</summary>
public static class FailureCode
{
    public static string New() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 8);
}
