using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Tests.Support;

/// <summary>Commands of a custom integration, as a user would write them.</summary>
internal static partial class Vacuum
{
    internal sealed record Room(string Name, int Area);

    internal sealed record CleanCommand(string RoomName) : HassCommand<Room>
    {
        public override string Type => "vacuum/clean";

        protected internal override void WriteFields(Utf8JsonWriter writer) => writer.WriteString("room", RoomName);

        protected internal override Room ReadResult(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, Json.Default.Room)!;
    }

    internal sealed record ProgressSubscription(string RoomName) : HassSubscription<int>
    {
        public override string Type => "vacuum/subscribe";

        protected internal override void WriteFields(Utf8JsonWriter writer) => writer.WriteString("room", RoomName);

        protected internal override int ReadEvent(ref Utf8JsonReader reader) => reader.GetInt32();
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Room))]
    internal sealed partial class Json : JsonSerializerContext;
}
