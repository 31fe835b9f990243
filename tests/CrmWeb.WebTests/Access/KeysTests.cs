using System.Xml.Linq;
using CrmWeb.Data.Access;
using CrmWeb.WebTests.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

public sealed class KeysTests(CrmApp app)
{
    [Fact]
    public void The_keys_lie_beside_the_database_for_nobody_else_to_read()
    {
        var folder = Path.Combine(app.DataPath, "keys");

        Assert.NotEmpty(Directory.GetFiles(folder, "key-*.xml"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task In_the_database_a_key_is_found_again()
    {
        await using var own = await CrmApp.StartEmptyAsync();
        var rows = new KeyRows(own.Services.GetRequiredService<IServiceScopeFactory>());

        rows.StoreElement(new XElement("key", "one"), "first");

        Assert.Equal("one", Assert.Single(rows.GetAllElements()).Value);
    }
}
