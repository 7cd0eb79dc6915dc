using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>A command that arrived, for a handler of <see cref="HomeAssistantSimulator.OnCommand"/>.</summary>
public sealed class SimulatedCommand
{
    private readonly CommandRequest _request;

    internal SimulatedCommand(CommandRequest request) => _request = request;

    /// <summary>The id that the client gave it.</summary>
    public ulong Id => _request.Id;

    /// <summary>The type on the wire.</summary>
    public string Type => _request.Type;

    /// <summary>The whole message, <c>id</c> and <c>type</c> included.</summary>
    public JsonElement Message => _request.Message;

    /// <summary>Who asks.</summary>
    public SimulatedUser User => _request.User;

    /// <summary>Where it came from.</summary>
    public SimulatedConnection Connection => _request.Connection.Face;

    /// <summary>Sends an event of this command: <c>{"id":…,"type":"event","event":…}</c>.</summary>
    /// <param name="payload">What stands in <c>event</c>.</param>
    public void SendEvent(JsonNode? payload)
        => _request.House.Ticks.Run(() => _request.EventIdFirst(Encoding.UTF8.GetBytes(payload?.ToJsonString() ?? "null")));

    /// <summary>Makes the command a subscription, which the client can end with <c>unsubscribe_events</c>.</summary>
    /// <param name="stopped">Called when it ends, whoever ended it.</param>
    public void KeepSubscribed(Action stopped)
        => _request.House.Ticks.Run(() => _request.Connection.Subscribe(_request.Id, () => _request.House.Ticks.Afterwards(stopped)));
}
