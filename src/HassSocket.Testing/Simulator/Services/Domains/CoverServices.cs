using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Covers, which are where they should be at once, and locks.</summary>
internal static class CoverServices
{
    public static void Teach(House house)
    {
        house.TeachEach("cover", "open_cover", work => Move(work, 100));
        house.TeachEach("cover", "close_cover", work => Move(work, 0));
        house.TeachEach("cover", "toggle", work => Move(work, work.Entity.State == "closed" ? 100 : 0));
        house.TeachEach("cover", "set_cover_position", work => Move(work, (int)(work.Data["position"].Number() ?? 0)));
        house.TeachEach("lock", "lock", work => work.Set("locked"));
        house.TeachEach("lock", "unlock", work => work.Set("unlocked"));
        house.TeachEach("lock", "open", work => work.Set("open"));
    }

    private static void Move(EntityWork work, int position) => work.Set(position == 0 ? "closed" : "open", attributes =>
    {
        if (attributes.ContainsKey("is_closed")) attributes["is_closed"] = position == 0;
        if (attributes.ContainsKey("current_position")) attributes["current_position"] = JsonValue.Create(position);
    });
}
