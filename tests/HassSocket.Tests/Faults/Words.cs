using System.Globalization;

namespace HassSocket.Tests.Faults;

/// <summary>How the page of faults writes things.</summary>
internal static class Words
{
    public static string Span(TimeSpan span) =>
        span == TimeSpan.Zero ? "at once" : string.Create(CultureInfo.InvariantCulture, $"within {span.TotalSeconds:0} s");
}
