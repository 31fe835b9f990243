using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Errors;

namespace CrmWeb.Web.Common.Forms;

/// <summary>What a form that makes a record is known by. Another content is another form: who goes back, changes it and sends it again means a second record.</summary>
internal static class FormKey
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = "formKey";

    /// <summary>A key nobody has: 128 random bits.</summary>
    public static string New() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Fingerprint of who sent what to which address; null for a form without a key.</summary>
    public static string? Of(HttpRequest request, ICurrentUser user)
    {
        if (!request.HasFormContentType || string.IsNullOrEmpty(request.Form[Field]))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, $"{user.Id} {request.Path}");
        foreach (var (name, values) in request.Form.Where(f => f.Key != TypedForm.Token))
        {
            Add(hash, name);
            foreach (var value in values)
                Add(hash, value ?? "");
        }
        foreach (var file in request.Form.Files)
            Add(hash, string.Create(CultureInfo.InvariantCulture, $"{file.FileName} {file.Length}"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>With its length, so that no two contents read the same.</summary>
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
