namespace CrmWeb.Services.Common;

/// <summary>Tells what kept a file from being written.</summary>
public static class DiskFull
{
    private const int OnUnix = 28, OnWindows = unchecked((int)0x80070070);

    /// <summary>Whether there was no room left on the disk.</summary>
    public static bool Is(Exception failed) => failed is IOException { HResult: OnUnix or OnWindows };
}
