namespace HassSocket.Core.Tests.Support;

internal static class LineExtensions
{
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(this ReadOnlyMemory<byte> text)
    {
        while (true)
        {
            var end = text.Span.IndexOf((byte)'\n');
            if (end < 0) break;
            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }
}
