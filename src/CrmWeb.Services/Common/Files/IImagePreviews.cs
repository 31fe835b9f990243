namespace CrmWeb.Services.Common;

/// <summary>Pictures of pictures: drawn anew from the pixels, so that nothing else of the file reaches a browser.</summary>
public interface IImagePreviews
{
    /// <summary>Media type of what is made.</summary>
    const string MediaType = "image/webp";

    /// <summary>A picture that fits into a square.</summary>
    /// <param name="side">Pixels.</param>
    /// <returns>Null when the content is no picture, is broken, or has more pixels than are safe to unpack.</returns>
    Task<byte[]?> MakeAsync(Stream content, int side, CancellationToken ct);
}
