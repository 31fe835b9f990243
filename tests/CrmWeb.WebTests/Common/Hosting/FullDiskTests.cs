using System.Diagnostics;
using System.Globalization;
using System.Net;
using CrmWeb.WebTests.Common.Kills;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>A disk without room: the start says so, a save says so and keeps what was typed, and nothing is harmed.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Email = "ana@x.example", Password = "lantern-brass-0417";
    private readonly string disk = Directory.CreateTempSubdirectory("crmweb-disk-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_without_room_is_a_sentence_and_leaves_the_file_as_it_was()
    {
        using var shell = OnDisk("4m", "$CRM migrate; cp crm.db before.db; head -c 9m /dev/zero > fill; $CRM --urls http://127.0.0.1:0; echo ended $?; cmp crm.db before.db && echo same; rm fill; $CRM migrate; echo prepared $?");

        var said = await shell.StandardOutput.ReadToEndAsync(Ct) + await shell.StandardError.ReadToEndAsync(Ct);

        Assert.Contains("is full. Free some space, then start again; the database is as it was.", said, StringComparison.Ordinal);
        Assert.Contains("ended 1", said, StringComparison.Ordinal);
        Assert.Contains("same", said, StringComparison.Ordinal);
        Assert.Contains("prepared 0", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_without_room_keeps_what_was_typed_and_reading_goes_on()
    {
        var port = KilledServer.FreePort();
        using var shell = OnDisk("12m", $"echo {Password} | $CRM create-admin --email {Email} --name Ana --password-stdin; exec $CRM --urls http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        shell.OutputDataReceived += (_, _) => { };
        shell.BeginOutputReadLine();
        var browser = KilledServer.Browser(port);
        browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin"); // as a browser says of our own form
        await Listening.UntilAsync(async () => await Listening.StatusAsync(port, "/sign-in") == HttpStatusCode.OK);
        await (await browser.OpenAsync("/sign-in")).SubmitAsync(("Email", Email), ("Password", Password));
        var form = await browser.OpenAsync("/customers/new");
        var fill = $"/proc/{shell.Id.ToString(CultureInfo.InvariantCulture)}/root{disk}/fill"; // as the process itself sees it
        await FillAsync(fill);

        var refused = await form.SubmitAsync(("Name", "Halden Robotics"), ("City", "Halden"));

        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.Status);
        Assert.Equal("There is no room left on the server", refused.Title);
        Assert.Contains("Halden Robotics", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/customers")).Status);
        var again = await refused.SubmitAsync(); // still without room
        Assert.Equal((HttpStatusCode.InsufficientStorage, "Halden Robotics", "Halden"), (again.Status, again.Value("Name"), again.Value("City")));

        File.Delete(fill);
        var saved = await again.SubmitAsync();
        Assert.Contains("Halden Robotics", (await browser.OpenAsync(saved.Location!)).Title, StringComparison.Ordinal);
        shell.Kill(entireProcessTree: true);
    }

    public void Dispose() => Directory.Delete(disk, recursive: true);

    /// <summary>A shell that alone sees a small disk where the folder was; $CRM is the product with its data there.</summary>
    private Process OnDisk(string size, string commands)
    {
        Assert.SkipUnless(MayMount, "Making a disk needs Linux and the right to make namespaces.");
        var start = new ProcessStartInfo("unshare", ["-rm", "sh", "-c", $"mount -t tmpfs -o size={size} tmpfs {disk} && cd {disk} && {commands}"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CRM"] = $"dotnet {typeof(Program).Assembly.Location}";
        start.Environment["Data__Path"] = disk;
        return Process.Start(start)!;
    }

    private static bool MayMount
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                return false;
            using var tried = Process.Start("unshare", ["-rm", "true"]);
            tried.WaitForExit();
            return tried.ExitCode == 0;
        }
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path);
        try
        {
            for (var zeros = new byte[65_536]; ;)
            {
                await file.WriteAsync(zeros, Ct);
                await file.FlushAsync(Ct);
            }
        }
        catch (IOException)
        {
            // That was all the room there was; a last write of fewer bytes finds none either.
        }
    }
}
