using System.Globalization;

namespace HassSocket.Configuration;

/// <summary>Reads a length of time that a person wrote.</summary>
internal static class TimeText
{
    /// <summary>Reads <c>hours:minutes:seconds</c>, or <c>Infinite</c>.</summary>
    /// <returns>What is wrong with the text, to follow "which", or <see langword="null"/>.</returns>
    public static string? Read(string text, out TimeSpan value)
    {
        value = Timeout.InfiniteTimeSpan;
        if (text.Equals("Infinite", StringComparison.OrdinalIgnoreCase)) return null;

        // .NET reads "5" as five days; nobody who writes it means that.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number is > 0 and < 86_400
                ? $"has no unit and to .NET means days; for {text} seconds write \"{TimeSpan.FromSeconds(number):c}\"."
                : "has no unit and to .NET means days; write hours:minutes:seconds, such as \"00:00:30\".";
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value)
            ? null
            : "is not a length of time; write hours:minutes:seconds, such as \"00:00:30\".";
    }
}
