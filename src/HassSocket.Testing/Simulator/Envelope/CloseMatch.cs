namespace HassSocket.Testing.Simulator;

/// <summary>Finds the word that somebody probably meant, by the longest common pieces.</summary>
internal static class CloseMatch
{
    private const double Similar = 0.6;

    public static string? Find(string word, IEnumerable<string> candidates)
    {
        var best = candidates.Select(candidate => (Candidate: candidate, Ratio: Ratio(word, candidate))).MaxBy(pair => pair.Ratio);
        return best.Ratio >= Similar ? best.Candidate : null;
    }

    private static double Ratio(string a, string b) => a.Length + b.Length == 0 ? 1 : 2.0 * Common(a, b) / (a.Length + b.Length);

    /// <summary>How many characters the two share: the longest common piece, then the same to its left and to its right.</summary>
    private static int Common(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var (startA, startB, length) = (0, 0, 0);
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                var run = a[i..].CommonPrefixLength(b[j..]);
                if (run > length) (startA, startB, length) = (i, j, run);
            }
        }

        return length == 0
            ? 0
            : length + Common(a[..startA], b[..startB]) + Common(a[(startA + length)..], b[(startB + length)..]);
    }
}
