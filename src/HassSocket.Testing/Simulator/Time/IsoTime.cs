using System.Globalization;

namespace HassSocket.Testing.Simulator;

/// <summary>Writes times as Home Assistant does.</summary>
internal static class IsoTime
{
    /// <summary>Microseconds and <c>+00:00</c>; the fraction is left out when it is zero.</summary>
    public static string Of(DateTimeOffset time) => time.ToString(
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss+00:00" : "yyyy-MM-dd'T'HH:mm:ss.ffffff+00:00",
        CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970, as compressed states carry them.</summary>
    public static double Epoch(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    public static DateTimeOffset WholeMicroseconds(DateTimeOffset time)
        => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
