using System.Text;

namespace HassSocket.Testing.Simulator;

/// <summary>Makes ids out of names, and tells whether two names are the same to Home Assistant.</summary>
internal static class RegistryNames
{
    /// <summary>Lower case without spaces.</summary>
    public static string Normalise(string name) => name.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Lower case letters and digits, underscores between them.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '_') slug.Append('_');
        }

        return slug.ToString().TrimEnd('_');
    }

    /// <summary>An id that nobody has yet.</summary>
    public static string FreeSlug(string name, Func<string, bool> isTaken)
    {
        var slug = Slug(name);
        for (var number = 2; isTaken(slug); number++) slug = $"{Slug(name)}_{number}";
        return slug;
    }
}
