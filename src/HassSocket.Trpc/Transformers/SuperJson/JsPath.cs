using System.Text;

namespace HassSocket.Trpc;

/// <summary>Paths of superjson: member names and indices joined with dots, in two dialects of escaping.</summary>
internal static class JsPath
{
    /// <summary>Takes a path apart.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isLegacy">Whether only dots are escaped; since version 1 of the format backslashes are, too.</param>
    /// <exception cref="FormatException">A backslash stands before something else than a dot or a backslash.</exception>
    public static List<string> Parse(string path, bool isLegacy)
    {
        var segments = new List<string>();
        var segment = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            var next = i + 1 < path.Length ? path[i + 1] : '\0';
            if (path[i] == '\\' && (next == '.' || (next == '\\' && !isLegacy)))
            {
                segment.Append(next);
                i++;
            }
            else if (path[i] == '\\' && !isLegacy)
            {
                throw new FormatException($"The path '{path}' has a backslash that escapes nothing.");
            }
            else if (path[i] == '.')
            {
                segments.Add(segment.ToString());
                segment.Clear();
            }
            else
            {
                segment.Append(path[i]);
            }
        }

        segments.Add(segment.ToString());
        return segments;
    }

    /// <summary>Whether a path means the same in both dialects, once it is written in the legacy one.</summary>
    public static bool IsSafeAsLegacy(IReadOnlyList<string> path)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            // The backslash at its end would escape the dot behind it.
            if (path[i].EndsWith('\\')) return false;
        }

        return true;
    }

    /// <summary>Puts a path together.</summary>
    public static string Join(IEnumerable<string> path, bool isLegacy) => string.Join('.', path.Select(segment => Escape(segment, isLegacy)));

    private static string Escape(string segment, bool isLegacy)
    {
        if (!isLegacy) segment = segment.Replace("\\", "\\\\", StringComparison.Ordinal);
        return segment.Replace(".", "\\.", StringComparison.Ordinal);
    }
}
