using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace HassSocket.Dialect;

/// <summary>Home Assistant's times: ISO 8601 whose fraction is left out at zero, or seconds since 1970 as a number.</summary>
internal static class Timestamp
{
    private const int MostSecondDigits = 10;
    private const int MicrosecondDigits = 6;

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

    /// <summary>The same for a number as it is written, such as <c>1795398746.9467502</c>.</summary>
    public static DateTimeOffset FromSeconds(ReadOnlySpan<byte> digits)
    {
        var dot = digits.IndexOf((byte)'.');
        var seconds = dot < 0 ? digits : digits[..dot];
        var fraction = dot < 0 ? default : digits[(dot + 1)..];
        if (seconds.Length > MostSecondDigits || !TryNumber(seconds, out long whole) || !TryMicroseconds(fraction, out var microseconds))
            return Utf8Parser.TryParse(digits, out double value, out _) ? FromSeconds(value) : default;
        return DateTimeOffset.UnixEpoch.AddTicks((whole * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));
    }

    // 2026-08-20T09:14:03.123456+00:00, as the server writes nearly all of them, or without the fraction.
    private static bool TryParseAsWritten(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is not (25 or 32) || !text.EndsWith("+00:00"u8)) return false;
        if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        var isExact = TryNumber(text[..4], out int year) & TryNumber(text[5..7], out int month) & TryNumber(text[8..10], out int day)
            & TryNumber(text[11..13], out int hour) & TryNumber(text[14..16], out int minute) & TryNumber(text[17..19], out int second);
        var microseconds = 0;
        if (text.Length == 32) isExact &= text[19] == '.' & TryNumber(text[20..26], out microseconds);
        if (!isExact || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        time = new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
        return true;
    }

    /// <summary>The digits behind the dot, rounded to microseconds.</summary>
    private static bool TryMicroseconds(ReadOnlySpan<byte> fraction, out int microseconds)
    {
        var roundsUp = fraction.Length > MicrosecondDigits && fraction[MicrosecondDigits] >= (byte)'5';
        var isNumber = TryNumber(fraction[..Math.Min(fraction.Length, MicrosecondDigits)], out microseconds);
        for (var digits = fraction.Length; digits < MicrosecondDigits; digits++) microseconds *= 10;
        if (roundsUp) microseconds++;
        return isNumber;
    }

    private static bool TryNumber<T>(ReadOnlySpan<byte> digits, out T number)
        where T : struct, IBinaryInteger<T>
    {
        number = T.Zero;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = (number * T.CreateTruncating(10)) + T.CreateTruncating(digit - '0');
        }

        return true;
    }
}
