using CrmWeb.Data;
using CrmWeb.Data.Common;
using CrmWeb.Integrations.Files;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common;

/// <summary>The services of the product as far as data needs them: the same modules as the web application lists.</summary>
internal static class Product
{
    /// <param name="files">Folder of stored files; null keeps none.</param>
    public static IServiceCollection Services(IDatabaseProvider provider, string connection, TimeProvider clock, string? files = null) => new ServiceCollection()
        .AddSingleton(clock)
        .AddLogging().AddLocalizer()
        .AddData(provider, connection).AddCommon().AddAccess().AddCustomers().AddDemo().AddAutomation()
        .AddSingleton<ISealer, PlainSealer>().AddSingleton<IMailTransport, NoMail>().AddSingleton<IImagePreviews, NoPictures>().AddSingleton<IFileStore>(files is null ? new NoFiles() : new FolderFileStore(files)).AddSingleton(new SiteOptions { DataPath = Path.GetTempPath() });

    /// <summary>Seals nothing: what is sealed with is the web application's.</summary>
    private sealed class PlainSealer : ISealer
    {
        public string Seal(string purpose, string text) => $"{purpose}:{text}";

        public string? Open(string purpose, string text) => text.StartsWith(purpose + ":", StringComparison.Ordinal) ? text[(purpose.Length + 1)..] : null;
    }

    private sealed class NoMail : IMailTransport
    {
        public bool Leaves => false;

        public Task SendAsync(OutgoingMail mail, CancellationToken ct) => Task.CompletedTask;

        public Task TryAsync(CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class NoFiles : IFileStore
    {
        public Task<IArrivedFile> ReceiveAsync(Stream content, long limit, CancellationToken ct) => throw new NotSupportedException("These tests keep no files.");

        public Stream Open(string hash) => throw new FileNotFoundException("These tests keep no files.");

        public IEnumerable<string> All() => [];

        public long SizeOf(string hash) => 0;

        public Task<int> TidyAsync(DateTime before, ReferredContents referred, CancellationToken ct) => Task.FromResult(0);
    }
}

/// <summary>Sees no pictures.</summary>
internal sealed class NoPictures : IImagePreviews
{
    public Task<byte[]?> MakeAsync(Stream content, int side, CancellationToken ct) => Task.FromResult<byte[]?>(null);
}
