namespace CrmWeb.Services.Common;

/// <summary>
/// Hands out the unpacked bytes of a part of a workbook, at most so many in all, at most so many between two marks and in so much time: a small file may
/// unpack to anything, and one element may go on for ever.
/// </summary>
/// <param name="most">Bytes of the whole part.</param>
/// <param name="seconds">Time for the whole part; null where its reader takes its own time.</param>
internal sealed class BoundedStream(Stream inner, long most, TimeProvider clock, int? seconds) : Stream
{
    /// <summary>Bytes between two marks: a row of 200 cells of many thousand characters.</summary>
    public const int MostAtOnce = 8_388_608;

    private readonly long start = clock.GetTimestamp();
    private long total;
    private int sinceMark;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => total; set => throw new NotSupportedException(); }

    /// <summary>A row or an entry begins.</summary>
    public void Mark() => sinceMark = 0;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        (total, sinceMark) = (total + read, sinceMark + read);
        Rule.Require(total <= most && sinceMark <= MostAtOnce && !(seconds < clock.GetElapsedTime(start).TotalSeconds), "Import.File.WorkbookTooLarge");
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
