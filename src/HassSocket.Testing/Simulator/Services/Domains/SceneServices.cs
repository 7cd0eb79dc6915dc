using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Scenes, which can be made and thrown away while the house runs.</summary>
internal static class SceneServices
{
    public static void Teach(House house)
    {
        house.TeachEach("scene", "turn_on", work => work.Set(IsoTime.Of(house.Now)));
        house.TeachEach("scene", "delete", work => house.States.Remove(work.Entity.EntityId, work.Call.Context));
        house.Services.Teach("scene", "create", call =>
        {
            Create(house, call.Data);
            return Task.FromResult<JsonNode?>(null);
        });
    }

    /// <summary>The new scene is nobody's: its context is its own.</summary>
    private static void Create(House house, JsonObject data)
    {
        var id = data["scene_id"].Text() ?? throw Errors.InvalidFormat("required key not provided at 'scene_id'");
        var entities = (data["entities"] as JsonObject ?? []).Select(pair => pair.Key).Concat(data["snapshot_entities"].Texts());
        var attributes = new JsonObject
        {
            ["entity_id"] = new JsonArray([.. entities.Select(entity => (JsonNode?)JsonValue.Create(entity))]),
            ["friendly_name"] = id,
        };
        house.States.Set($"scene.{id}", "unknown", attributes, house.NewContext());
    }
}
