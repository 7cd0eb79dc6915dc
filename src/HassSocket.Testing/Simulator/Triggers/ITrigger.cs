using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>A condition of the house that tells when it comes true.</summary>
internal interface ITrigger
{
    /// <summary>Watches until the returned action is called.</summary>
    Action Attach(House house, Action<TriggerFiring> fire);
}

/// <summary>What every trigger says about itself.</summary>
internal sealed record TriggerHead(string Platform, string Id, int Index, string? Alias);

/// <summary>One time that a trigger fired.</summary>
internal sealed record TriggerFiring(TriggerHead Head, SimulatedContext? Context, Action<Utf8JsonWriter> WriteDetails)
{
    public byte[] Write(JsonObject? variables) => JsonBytes.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("variables");
        foreach (var (name, value) in variables ?? []) writer.WriteNode(name, value);
        writer.WriteStartObject("trigger");
        writer.WriteString("id", Head.Id);
        writer.WriteString("idx", Head.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("alias", Head.Alias);
        writer.WriteString("platform", Head.Platform);
        WriteDetails(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteContext("context", Context);
        writer.WriteEndObject();
    });
}
