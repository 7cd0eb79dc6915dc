using System.Globalization;
using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>Writes a time by the signs of <c>strftime</c>.</summary>
internal static class StrfTime
{
    public static string Write(DateTimeOffset time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length) text.Append(One(time, format[++i]));
            else text.Append(format[i]);
        }

        return text.ToString();
    }

    private static string One(DateTimeOffset time, char sign) => sign switch
    {
        'Y' => Of(time, "yyyy"),
        'm' => Of(time, "MM"),
        'd' => Of(time, "dd"),
        'H' => Of(time, "HH"),
        'I' => Of(time, "hh"),
        'M' => Of(time, "mm"),
        'S' => Of(time, "ss"),
        'f' => Of(time, "ffffff"),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'A' => Of(time, "dddd"),
        'a' => Of(time, "ddd"),
        'B' => Of(time, "MMMM"),
        'b' => Of(time, "MMM"),
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        '%' => "%",
        _ => $"%{sign}",
    };

    private static string Of(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
