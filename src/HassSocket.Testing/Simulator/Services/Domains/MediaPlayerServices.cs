using System.Globalization;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Media players: one that is off tells nothing of what it played, and goes on with it later.</summary>
internal sealed class MediaPlayerServices
{
    private static readonly string[] KeptWhenOff =
        ["source_list", "sound_mode_list", "group_members", "device_class", "friendly_name", "supported_features", "icon"];

    private readonly Dictionary<string, JsonObject> _lastOn = [];

    public void Teach(House house)
    {
        house.TeachEach("media_player", "turn_on", TurnOn);
        house.TeachEach("media_player", "turn_off", TurnOff);
        house.TeachEach("media_player", "toggle", work =>
        {
            if (work.Entity.State == "off") TurnOn(work);
            else TurnOff(work);
        });
        house.TeachEach("media_player", "media_play", work => work.Set("playing"));
        house.TeachEach("media_player", "media_pause", work => work.Set("paused"));
        house.TeachEach("media_player", "media_next_track", work => Skip(work, 1));
        house.TeachEach("media_player", "media_previous_track", work => Skip(work, -1));
        house.TeachEach("media_player", "volume_set", work => work.Set(work.Entity.State, attributes
            => attributes["volume_level"] = work.Data["volume_level"]?.DeepClone()));
    }

    private void TurnOn(EntityWork work)
    {
        var last = work.Entity.State == "off" ? _lastOn.GetValueOrDefault(work.Entity.EntityId) : null;
        work.Set("playing", attributes =>
        {
            foreach (var (name, value) in last ?? []) attributes[name] = value?.DeepClone();
        });
    }

    private void TurnOff(EntityWork work)
    {
        if (work.Entity.State != "off") _lastOn[work.Entity.EntityId] = work.Attributes.DeepClone().AsObject();
        work.Set("off", attributes =>
        {
            foreach (var name in attributes.Select(pair => pair.Key).Except(KeptWhenOff).ToArray()) attributes.Remove(name);
        });
    }

    /// <summary>Goes to another episode of a series, or another track of an album.</summary>
    private static void Skip(EntityWork work, int by) => work.Set(work.Entity.State, attributes =>
    {
        if (attributes["media_track"].Number() is { } track) attributes["media_track"] = (int)track + by;
        if (attributes["media_episode"].Number() is not { } episode) return;
        var next = ((int)episode + by).ToString(CultureInfo.InvariantCulture);
        attributes["media_episode"] = next;
        attributes["media_title"] = $"Chapter {next}";
    });
}
