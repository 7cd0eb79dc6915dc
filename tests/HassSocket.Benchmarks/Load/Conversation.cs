using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HassSocket.Benchmarks.Load;

/// <summary>One connection of the load server: takes requests, alone or in arrays, answers together what came together, then does what they began.</summary>
internal abstract class Conversation(FrameStream stream)
{
    private readonly List<byte> _answer = [];

    protected FrameStream Stream => stream;

    /// <summary>What follows the answers.</summary>
    protected Action? Then { get; set; }

    /// <summary>Goes on until the client has said goodbye.</summary>
    public void Run()
    {
        Greet();
        while (true)
        {
            do Take(stream.Read());
            while (stream.HasFrame);
            Flush();
            var then = Then;
            Then = null;
            then?.Invoke();
        }
    }

    /// <summary>What is said before any request.</summary>
    protected virtual void Greet()
    {
    }

    /// <summary>Takes one request, of which the reader has read the first brace.</summary>
    protected abstract void Take(ref Utf8JsonReader request);

    /// <summary>Sends the answers that wait.</summary>
    protected abstract void Flush();

    /// <summary>Makes an answer; valid until the next one is made.</summary>
    protected ReadOnlySpan<byte> Answer(long id, ReadOnlySpan<byte> beginning, ReadOnlySpan<byte> result, ReadOnlySpan<byte> end)
    {
        Span<byte> digits = stackalloc byte[20];
        id.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _answer.Clear();
        _answer.AddRange("{\"id\":"u8);
        _answer.AddRange(digits[..length]);
        _answer.AddRange(beginning);
        _answer.AddRange(result);
        _answer.AddRange(end);
        return CollectionsMarshal.AsSpan(_answer);
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Take(ref reader);
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) Take(ref reader);
    }
}
