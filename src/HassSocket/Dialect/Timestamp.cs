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

    public static DateTimeOffset Parse(ReadOnlySpan<byte> utf8) =>
        TryParseAsWritten(utf8, out var time) ? time : Parse(System.Text.Encoding.UTF8.GetString(utf8));

    public static DateTimeOffset FromSeconds(double seconds)
    {
        // Rounded to the microseconds that the server means: a double of this size is exact to a quarter of one.
        var microseconds = Math.Round(seconds * 1_000_000d);
        return double.IsFinite(microseconds) && Math.Abs(microseconds) < 60_000_000_000_000_000d
            ? DateTimeOffset.UnixEpoch.AddTicks((long)microseconds * TimeSpan.TicksPerMicrosecond)
            : default;
    }

    // 2026-08-20T09:14:03.123456+00:00, as the server writes nearly all of them, or without the fraction.
    private static bool TryParseAsWritten(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is not (25 or 32) || !text.EndsWith("+00:00"u8)) return false;
        if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        var isExact = TryNumber(text[..4], out var year) & TryNumber(text[5..7], out var month) & TryNumber(text[8..10], out var day)
            & TryNumber(text[11..13], out var hour) & TryNumber(text[14..16], out var minute) & TryNumber(text[17..19], out var second);
        var microseconds = 0;
        if (text.Length == 32) isExact &= text[19] == '.' & TryNumber(text[20..26], out microseconds);
        if (!isExact || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        time = new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
