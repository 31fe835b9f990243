using CrmWeb.Domain.Common;
using CrmWeb.Integrations.Files;

namespace CrmWeb.UnitTests.Common;

public sealed class FolderFileStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-store-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FolderFileStore Store => new(folder);

    [Fact]
    public async Task A_kept_file_is_found_by_its_hash_and_leaves_nothing_beside_it()
    {
        string hash;
        using (var arrived = await Store.ReceiveAsync(new MemoryStream("abc"u8.ToArray()), 3, Ct))
        {
            hash = arrived.Hash;
            arrived.Keep();
        }

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash); // FIPS 180-2, appendix B.1
        using var reader = new StreamReader(Store.Open(hash));
        Assert.Equal(("abc", 3), (await reader.ReadToEndAsync(Ct), Store.SizeOf(hash)));
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_file_that_is_not_kept_is_gone_but_not_the_same_one_of_somebody_else()
    {
        using (var unwanted = await Store.ReceiveAsync(new MemoryStream("one"u8.ToArray()), 10, Ct))
            Assert.Equal(3, unwanted.Open().Length);
        Assert.Empty(Files());

        using (var kept = await Store.ReceiveAsync(new MemoryStream("two"u8.ToArray()), 10, Ct))
            kept.Keep();
        using (var again = await Store.ReceiveAsync(new MemoryStream("two"u8.ToArray()), 10, Ct))
            Assert.NotEqual(0, Store.SizeOf(again.Hash));

        Assert.Single(Files());
    }

    [Fact]
    public async Task The_same_file_twice_takes_the_place_of_one()
    {
        using var first = await Store.ReceiveAsync(new MemoryStream("abc"u8.ToArray()), 3, Ct);
        using var second = await Store.ReceiveAsync(new MemoryStream("abc"u8.ToArray()), 3, Ct);

        first.Keep();
        second.Keep();
        first.Dispose();
        second.Dispose();

        Assert.Single(Files());
    }

    [Theory]
    [InlineData(0, "File.Empty")]
    [InlineData(2_000_001, "File.TooLarge")]
    public async Task A_refused_file_leaves_nothing(int size, string reason)
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => Store.ReceiveAsync(new MemoryStream(new byte[size]), 2_000_000, Ct));

        Assert.Equal(reason, Assert.Single(refused.Broken).Text);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_full_disk_is_said_in_a_sentence_and_leaves_nothing()
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => Store.ReceiveAsync(new FullDisk(), 100_000, Ct));

        Assert.Equal("File.DiskFull", Assert.Single(refused.Broken).Text);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("")]
    public void What_is_no_hash_reaches_no_file(string hash) => Assert.Throws<FileNotFoundException>(() => Store.Open(hash));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string[] Files() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    /// <summary>A part arrives, then the system has no room for more.</summary>
    private sealed class FullDisk : MemoryStream
    {
        private bool begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (begun)
                throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
            begun = true;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
