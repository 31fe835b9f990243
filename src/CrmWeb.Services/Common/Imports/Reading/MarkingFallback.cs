using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>
/// Puts a mark where bytes are no character. With a fallback of one's own, the framework's older encodings leave out characters that have two codes
/// (髙 as EE E0 in cp932); those are asked for once more without it.
/// </summary>
internal sealed class MarkingFallback(Encoding plain, char mark) : DecoderFallback
{
    public override int MaxCharCount => 1;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(plain, mark);

    private sealed class Buffer(Encoding plain, char mark) : DecoderFallbackBuffer
    {
        private char found;
        private bool isWaiting;

        public override int Remaining => isWaiting ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            found = plain.IsSingleByte || bytesUnknown.Length < 2 || plain.GetString(bytesUnknown) is not [var only] || only is '?' or '\uFFFD' or '\u30FB' ? mark : only;
            return isWaiting = true;
        }

        public override char GetNextChar()
        {
            var next = isWaiting ? found : '\0';
            isWaiting = false;
            return next;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => isWaiting = false;
    }
}
