namespace CrmWeb.WebTests.Common.Kills;

/// <summary>Whether the tests are run by <c>tests/run --long</c>: many times over what they do a few times otherwise.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("CRMWEB_LONG") == "1";
}
