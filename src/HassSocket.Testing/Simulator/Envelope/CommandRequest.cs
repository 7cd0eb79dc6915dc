using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>One command of a client, and the ways to answer it.</summary>
internal sealed record CommandRequest(ServerConnection Connection, ulong Id, string Type, JsonElement Message)
{
    private readonly string _id = Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public House House => Connection.House;

    public SimulatedUser User => Connection.User!;

    public JsonElement? this[string name] => Message.TryGetProperty(name, out var value) ? value : null;

    public string? Text(string name) => this[name]?.GetString();

    public void Result(Action<Utf8JsonWriter>? writeResult = null) => Answer(Messages.Result(_id, writeResult));

    public void Result(JsonNode? result) => Result(writer => writer.WriteNode(result));

    public void Pong() => Answer(Messages.Pong(_id));

    public void Fail(SimulatedErrorException error) => Answer(Messages.Error(_id, error));

    public void EventIdFirst(byte[] payload) => Connection.Send(Messages.EventIdFirst(_id, payload));

    public void EventIdLast(byte[] payload) => Connection.Send(Messages.EventIdLast(_id, payload));

    private void Answer(byte[] message)
        => House.Answers.Pass(Type, message, answer => House.Ticks.Run(() => Connection.Send(answer)));
}
