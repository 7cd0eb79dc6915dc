using System.Globalization;

namespace HassSocket.Dialect;

/// <summary>Home Assistant's times: ISO 8601 whose fraction is left out at zero, or seconds since 1970 as a number.</summary>
internal static class Timestamp
{
    public static DateTimeOffset Parse(string? text)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? FromSeconds(seconds) : default;
    }

    public static DateTimeOffset FromSeconds(double seconds)
    {
        // Rounded to the microseconds that the server means: a double of this size is exact to a quarter of one.
        var microseconds = Math.Round(seconds * 1_000_000d);
        return double.IsFinite(microseconds) && Math.Abs(microseconds) < 60_000_000_000_000_000d
            ? DateTimeOffset.UnixEpoch.AddTicks((long)microseconds * TimeSpan.TicksPerMicrosecond)
            : default;
    }
}
