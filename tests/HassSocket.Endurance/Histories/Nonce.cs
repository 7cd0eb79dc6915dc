using System.Text.Json;

namespace HassSocket.Endurance.Histories;

/// <summary>A command that is like no other: the house answers with its number, refuses it, or holds it.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Number">What it is known by.</param>
/// <param name="Size">How long a text the answer has beside the number.</param>
internal sealed record Nonce(string Kind, long Number, int Size) : HassCommand<long>
{
    public const string Echo = "endurance/echo";
    public const string Refused = "endurance/refused";
    public const string Held = "endurance/held";

    public override string Type => Kind;

    protected override void WriteFields(Utf8JsonWriter writer)
    {
        writer.WriteNumber("nonce", Number);
        writer.WriteNumber("size", Size);
    }

    protected override long ReadResult(ref Utf8JsonReader reader)
    {
        var result = JsonElement.ParseValue(ref reader);
        var number = result.GetProperty("nonce").GetInt64();
        // The text says whose it is from end to end: memory that was given to another would show.
        return Payload.Is(result.GetProperty("text").GetString()!, number, Size) ? number : -number;
    }
}
