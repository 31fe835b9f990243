using CrmWeb.Services.Common;
using SkiaSharp;

namespace CrmWeb.Integrations.Files;

/// <summary>Previews by Skia. A small file can hold a picture of many gigabytes: its size is read before it is unpacked, and only two are unpacked at once.</summary>
internal sealed class SkiaPreviews : IImagePreviews, IDisposable
{
    private const long MostPixels = 50_000_000;
    private const int Quality = 82;

    private readonly SemaphoreSlim atOnce = new(2);

    public async Task<byte[]?> MakeAsync(Stream content, int side, CancellationToken ct)
    {
        await atOnce.WaitAsync(ct);
        try
        {
            using var data = SKData.Create(content);
            using var codec = data is null ? null : SKCodec.Create(data);
            return codec is null || (long)codec.Info.Width * codec.Info.Height > MostPixels ? null : Draw(codec, side);
        }
        finally
        {
            atOnce.Release();
        }
    }

    public void Dispose() => atOnce.Dispose();

    private static byte[]? Draw(SKCodec codec, int side)
    {
        var scaled = codec.GetScaledDimensions(Math.Min(1f, side / (float)Math.Max(codec.Info.Width, codec.Info.Height))); // cheap for those kinds that can
        using var whole = new SKBitmap(new SKImageInfo(scaled.Width, scaled.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(whole.Info, whole.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            return null;

        var (turned, shrink) = (Turned(codec.EncodedOrigin), Math.Min(1f, side / (float)Math.Max(scaled.Width, scaled.Height)));
        var (width, height) = (Math.Max(1, (int)(scaled.Width * shrink)), Math.Max(1, (int)(scaled.Height * shrink)));
        using var surface = SKSurface.Create(new SKImageInfo(turned % 180 == 0 ? width : height, turned % 180 == 0 ? height : width));
        var canvas = surface.Canvas;
        canvas.Translate(surface.Canvas.DeviceClipBounds.Width / 2f, surface.Canvas.DeviceClipBounds.Height / 2f);
        canvas.RotateDegrees(turned);
        using var image = SKImage.FromBitmap(whole);
        canvas.DrawImage(image, SKRect.Create(-width / 2f, -height / 2f, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var packed = drawn.Encode(SKEncodedImageFormat.Webp, Quality);
        return packed?.ToArray();
    }

    /// <summary>Degrees clockwise by which a camera says that it was held.</summary>
    private static int Turned(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.BottomRight => 180,
        SKEncodedOrigin.RightTop => 90,
        SKEncodedOrigin.LeftBottom => 270,
        _ => 0,
    };
}
