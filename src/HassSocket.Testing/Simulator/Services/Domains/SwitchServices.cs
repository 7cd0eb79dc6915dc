namespace HassSocket.Testing.Simulator;

/// <summary>Everything that is simply on or off.</summary>
internal static class SwitchServices
{
    public static void Teach(House house)
    {
        foreach (var domain in (string[])["switch", "input_boolean", "fan", "siren", "remote", "humidifier", "automation"])
            house.TeachOnOff(domain);
        house.TeachOnOff("media_player", on: "playing");
        house.TeachEach("media_player", "media_play", work => work.Set("playing"));
        house.TeachEach("media_player", "media_pause", work => work.Set("paused"));
        house.TeachEach("media_player", "volume_set", work => work.Set(work.Entity.State, attributes
            => attributes["volume_level"] = work.Data["volume_level"]?.DeepClone()));
        house.TeachEach("button", "press", Press);
        house.TeachEach("input_button", "press", Press);
        house.TeachEach("scene", "turn_on", Press);
    }

    private static void Press(EntityWork work) => work.Set(IsoTime.Of(work.House.Now));
}
