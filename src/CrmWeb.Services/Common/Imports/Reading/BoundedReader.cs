namespace CrmWeb.Services.Common;

/// <summary>
/// Hands characters to the parser, at most so many for one row: a quote that is never closed or a line without end would otherwise be gathered
/// in memory to the end of the file.
/// </summary>
internal sealed class BoundedReader(StreamReader text, int most) : TextReader
{
    private int sinceRow;

    /// <summary>The line the current row begins on.</summary>
    public int Line { get; private set; } = 1;

    public void NextRow(int line) => (sinceRow, Line) = (0, line);

    public override int Read(char[] buffer, int index, int count) => Counted(text.Read(buffer, index, count));

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) => Counted(await text.ReadAsync(buffer, index, count));

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
        Counted(await text.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        sinceRow += read;
        Rule.Require(sinceRow <= most, "Import.File.RowTooLong", values: [Line, most]);
        return read;
    }
}
