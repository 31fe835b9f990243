using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace CrmWeb.DataTests.Common;

/// <summary>A place in a list as the list itself writes it, for tests that make up their own.</summary>
internal static class PageToken
{
    public static string Of(string? value, long id) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { value, id.ToString(CultureInfo.InvariantCulture) }));
}
