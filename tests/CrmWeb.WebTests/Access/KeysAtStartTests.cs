using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrmWeb.WebTests.Common;
using CrmWeb.WebTests.Common.Kills;

namespace CrmWeb.WebTests.Access;

/// <summary>Keys that are gone, or that nobody can open, stop the start while something depends on them.</summary>
public sealed class KeysAtStartTests : IDisposable
{
    private const string Email = "ana@x.example", Secret = "lantern-brass-0417";
    private readonly string data = Directory.CreateTempSubdirectory("crmweb-keys-").FullName;
    private readonly int port = KilledServer.FreePort();

    private string Keys => Path.Combine(data, "keys");

    [Fact]
    public async Task Missing_keys_are_missed_once_somebody_has_signed_in()
    {
        await CreateAsync();
        Directory.Delete(Keys, recursive: true);
        await SignInAsync(); // nobody was in: nothing was lost, and there are new ones
        Directory.Delete(Keys, recursive: true);

        var (result, said) = await StartAsync();

        Assert.Equal(1, result);
        Assert.StartsWith($"The keys of sign-ins and links are missing from {Keys}, and the database needs them.", said, StringComparison.Ordinal);
        Assert.Single(said.Trim().Split('\n'));
        Assert.Empty(Directory.GetFiles(Keys));
        using (await KilledServer.StartAsync(data, port, [("new-keys", "true")]))
            Assert.Single(Directory.GetFiles(Keys, "key-*.xml"));
        using (await KilledServer.StartAsync(data, port, []))
            Assert.Single(Directory.GetFiles(Keys, "key-*.xml"));
    }

    [Fact]
    public async Task Keys_of_another_certificate_are_not_passed_over()
    {
        await CreateAsync();
        await SignInAsync(("Keys:Certificate", Certificate("own")), ("Keys:CertificatePassword", Secret));
        var before = Directory.GetFiles(Keys);

        var (bare, said) = await StartAsync();
        var (foreign, saidAgain) = await StartAsync(("Keys__Certificate", Certificate("other")), ("Keys__CertificatePassword", Secret));

        Assert.Equal((1, 1), (bare, foreign));
        Assert.All([said, saidAgain], s => Assert.StartsWith("1 of 1 keys cannot be opened: another certificate sealed them. Set Keys:Certificate to that one.", s, StringComparison.Ordinal));
        Assert.Equal(before, Directory.GetFiles(Keys));
        await SignInAsync(("Keys:Certificate", Path.Combine(data, "own.pfx")), ("Keys:CertificatePassword", Secret));
        using (await KilledServer.StartAsync(data, port, [("new-keys", "true")]))
            Assert.Equal(3, Directory.GetFiles(Keys).Length); // the old one, the word that it holds no longer, and the new one
        await SignInAsync();
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private async Task CreateAsync() => Assert.Equal(0, (await CommandLine.RunAsync(data, Secret, ["create-admin", "--email", Email, "--name", "Ana", "--password-stdin"])).Result);

    private async Task SignInAsync(params (string, string)[] settings)
    {
        using var server = await KilledServer.StartAsync(data, port, settings);
        var signedIn = await (await KilledServer.Browser(port).OpenAsync("/sign-in")).SubmitAsync(("Email", Email), ("Password", Secret));
        Assert.Equal("/", signedIn.Location);
    }

    private Task<(int Result, string Said)> StartAsync(params (string, string)[] environment) => CommandLine.RunAsync([("Data__Path", data), .. environment], "--urls", "http://127.0.0.1:0");

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
        var path = Path.Combine(data, $"{name}.pfx");
        File.WriteAllBytes(path, made.Export(X509ContentType.Pkcs12, Secret));
        return path;
    }
}
