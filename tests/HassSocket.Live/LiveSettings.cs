namespace HassSocket.Live;

/// <summary>Which server is judged, and how far the program may go there.</summary>
internal sealed record LiveSettings
{
    public const string Usage = """
        Usage: HassSocket.Live [--restart] [--allow-failed-login] [--light <entity>] [--weather <entity>]

          HASS_LIVE_SERVER         the address of Home Assistant, such as http://homeassistant.local:8123
          HASS_LIVE_TOKEN          a long-lived access token of an administrator
          HASS_LIVE_GUEST_TOKEN    optional: of a user who is no administrator
          HASS_LIVE_VIEWER_TOKEN   optional: of a user who may only read

          --restart                restarts the server, and waits up to two minutes for it
          --allow-failed-login     tries one wrong token, last
          --light, --weather       entities to use instead of the demo's
        """;

    public required string Server { get; init; }

    public required string Token { get; init; }

    public string? GuestToken { get; init; }

    public string? ViewerToken { get; init; }

    public bool Restart { get; init; }

    public bool AllowFailedLogin { get; init; }

    /// <summary>A light that can be dimmed; it is switched, and left as it was found.</summary>
    public string Light { get; init; } = "light.bed_light";

    /// <summary>A weather that forecasts days.</summary>
    public string Weather { get; init; } = "weather.demo_weather_south";

    /// <exception cref="ArgumentException">Something is missing or not known.</exception>
    public static LiveSettings Read(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var settings = new LiveSettings
        {
            Server = Needed(variable, "HASS_LIVE_SERVER"),
            Token = Needed(variable, "HASS_LIVE_TOKEN"),
            GuestToken = Given(variable("HASS_LIVE_GUEST_TOKEN")),
            ViewerToken = Given(variable("HASS_LIVE_VIEWER_TOKEN")),
        };
        for (var i = 0; i < args.Count; i++) settings = settings.With(args, ref i);
        return settings;
    }

    // Tokens are never shown.
    public override string ToString() => Server;

    private LiveSettings With(IReadOnlyList<string> args, ref int i) => args[i] switch
    {
        "--restart" => this with { Restart = true },
        "--allow-failed-login" => this with { AllowFailedLogin = true },
        "--light" => this with { Light = Value(args, ref i) },
        "--weather" => this with { Weather = Value(args, ref i) },
        var unknown => throw new ArgumentException($"'{unknown}' is not known."),
    };

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new ArgumentException($"'{args[i - 1]}' needs a value.");

    private static string Needed(Func<string, string?> variable, string name) =>
        Given(variable(name)) ?? throw new ArgumentException($"The environment variable {name} is not set.");

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
