namespace HassSocket.Configuration;

/// <summary>Finds the name that a misspelt one probably means.</summary>
internal static class NearestName
{
    /// <summary>The nearest of some names, without regard to case; <see langword="null"/> when none is near.</summary>
    public static string? Of(string text, IEnumerable<string> names)
    {
        var best = names.MinBy(name => Distance(text, name))!;
        return Distance(text, best) <= Math.Max(2, best.Length / 3) ? best : null;
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
