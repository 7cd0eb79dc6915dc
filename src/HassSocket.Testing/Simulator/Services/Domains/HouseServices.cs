namespace HassSocket.Testing.Simulator;

/// <summary>All services that have an effect.</summary>
internal static class HouseServices
{
    public static void TeachAll(House house)
    {
        SwitchServices.Teach(house);
        new LightServices().Teach(house);
        CoverServices.Teach(house);
        NumberServices.Teach(house);
        SelectServices.Teach(house);
        ClimateServices.Teach(house);
        new MediaPlayerServices().Teach(house);
        SceneServices.Teach(house);
        new ScriptServices().Teach(house);
        WeatherServices.Teach(house);
        TodoServices.Teach(house);
        NotificationCommands.Teach(house);
        HomeAssistantServices.Teach(house);
    }
}
