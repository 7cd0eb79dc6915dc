using System.Globalization;
using Microsoft.Extensions.Configuration;
using O = HassSocket.HassSocketOptions;

namespace HassSocket.Configuration;

/// <summary>One option as configuration writes it: read from its raw text, with a sentence where the text is wrong.</summary>
/// <param name="Name">The name of the option.</param>
/// <param name="Apply">Reads the section into the options; says what is wrong with it, or <see langword="null"/>.</param>
internal sealed record Setting(string Name, Func<HassSocketOptions, IConfigurationSection, string?> Apply)
{
    public static Setting Text(string name, Action<O, string> set) => Of(name, set, (string text, out string value) =>
    {
        value = text;
        return null;
    });

    public static Setting Switch(string name, Action<O, bool> set) => Of(name, set, (string text, out bool value) =>
        bool.TryParse(text, out value) ? null : "is neither true nor false.");

    public static Setting Whole(string name, Action<O, int> set) => Of(name, set, (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? null
            : "is not a whole number; write it with digits only, such as \"1024\".");

    public static Setting Number(string name, Action<O, double> set) => Of(name, set, (string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? null
            : "is not a number; write it like \"300\" or \"0.5\", or \"Infinity\" for no limit.");

    public static Setting Choice<T>(string name, Action<O, T> set) where T : struct, Enum => Of(name, set, (string text, out T value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && char.IsLetter(text[0])
            ? null
            : $"is not one of {string.Join(", ", Enum.GetNames<T>())}.");

    public static Setting Time(string name, Action<O, TimeSpan> set) => Of<TimeSpan>(name, set, TimeText.Read);

    private static Setting Of<T>(string name, Action<O, T> set, Reader<T> read) => new(name, (options, section) =>
    {
        // An empty variable of the environment is the way to take back what a file says.
        if (section.Value?.Trim() is not { Length: > 0 } text) return null;
        if (read(text, out var value) is { } problem)
            return $"{section.Path} is {(TokenText.MayHoldToken(text) ? "what looks like an access token" : $"\"{text}\"")}, which {problem}";
        set(options, value);
        return null;
    });

    private delegate string? Reader<T>(string text, out T value);
}
