using System.Globalization;

namespace HassSocket.Endurance.Support;

/// <summary>Numbers of a command line, such as <c>--seed 7</c>.</summary>
internal sealed class Arguments(string[] words)
{
    public int Number(string name, int otherwise)
    {
        var at = Array.IndexOf(words, name);
        if (at < 0) return otherwise;
        return at + 1 < words.Length && int.TryParse(words[at + 1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"A number has to follow {name}, such as {name} {otherwise}.");
    }

    public bool Has(string name) => words.Contains(name);
}
