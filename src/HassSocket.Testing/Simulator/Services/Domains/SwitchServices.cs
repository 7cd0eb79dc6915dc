namespace HassSocket.Testing.Simulator;

/// <summary>Everything that is simply on or off.</summary>
internal static class SwitchServices
{
    public static void Teach(House house)
    {
        foreach (var domain in (string[])["switch", "input_boolean", "fan", "siren", "remote", "humidifier", "automation"])
            house.TeachOnOff(domain);
        house.TeachEach("button", "press", Press);
        house.TeachEach("input_button", "press", Press);
    }

    private static void Press(EntityWork work) => work.Set(IsoTime.Of(work.House.Now));
}
