using System.Text.Json;

namespace HassSocket.Trpc;

/// <summary>Refuses names that superjson refuses at the server, where nobody could tell whose input it was.</summary>
internal static class ForbiddenNames
{
    public static void Refuse(string name, string place)
    {
        if (JsGraph.IsForbidden(name))
            throw new ArgumentException($"A member is named '{name}' ({place}), which superjson refuses because it changes objects in JavaScript. Choose another name.");
    }

    public static void RefuseIn(JsonElement json, string place)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray()) RefuseIn(item, place);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                Refuse(member.Name, place);
                RefuseIn(member.Value, place);
            }
        }
    }
}
