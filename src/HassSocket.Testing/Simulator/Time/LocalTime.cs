namespace HassSocket.Testing.Simulator;

/// <summary>The time on the walls of the house, in the time zone of its configuration.</summary>
internal static class LocalTime
{
    public static DateTimeOffset LocalNow(this House house) => house.Local(house.Now);

    public static DateTimeOffset Local(this House house, DateTimeOffset time)
        => TimeZoneInfo.TryFindSystemTimeZoneById(house.Config["time_zone"].Text() ?? "UTC", out var zone) ? TimeZoneInfo.ConvertTime(time, zone) : time;
}
