using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Tells of each integration that loads during a start, and for how many seconds so far; once of none, when all have.</summary>
internal sealed class SubscribeBootstrapCommand : ICommandHandler
{
    public string Type => "subscribe_bootstrap_integrations";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request)
    {
        var startUp = request.House.Lifecycle.StartUp;
        var hasToldEnd = false;
        request.Connection.Subscribe(request.Id, () =>
        {
            if (startUp is not null) startUp.Advanced -= Tell;
        });
        request.Result();
        if (startUp is not null) startUp.Advanced += Tell;

        void Tell()
        {
            var loading = new JsonObject(startUp.Loading.Select(integration => KeyValuePair.Create(integration.Key, (JsonNode?)JsonValue.Create(integration.Value))));
            if (hasToldEnd) return;
            hasToldEnd = loading.Count == 0;
            request.EventIdFirst(JsonBytes.Write(writer => writer.WriteNode(loading)));
        }
    }
}
