using System.Text.Json;

namespace HassSocket.Endurance.Histories;

/// <summary>A command that is like no other: the house answers with its number, refuses it, or holds it.</summary>
internal sealed record Nonce(string Kind, long Number) : HassCommand<long>
{
    public const string Echo = "endurance/echo";
    public const string Refused = "endurance/refused";
    public const string Held = "endurance/held";

    public override string Type => Kind;

    protected override void WriteFields(Utf8JsonWriter writer) => writer.WriteNumber("nonce", Number);

    protected override long ReadResult(ref Utf8JsonReader reader) => reader.GetInt64();
}
