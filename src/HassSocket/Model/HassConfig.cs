namespace HassSocket;

/// <summary>How a server is set up, and how far it has started: the answer to <c>get_config</c>. What it left out is empty.</summary>
public sealed record HassConfig
{
    /// <summary>The version, as text: <c>2026.11.0</c>, <c>2026.12.0b3</c>.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>How far it has started: <c>NOT_RUNNING</c>, <c>STARTING</c>, <c>RUNNING</c>, <c>STOPPING</c>, <c>FINAL_WRITE</c>, <c>STOPPED</c>.</summary>
    public string State { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it has started completely.</summary>
    public bool IsRunning => State == "RUNNING";

    /// <summary>What the house is called.</summary>
    public string LocationName { get; init => field = value ?? ""; } = "";

    /// <summary>The latitude of the house, in degrees.</summary>
    public double Latitude { get; init; }

    /// <summary>The longitude of the house, in degrees.</summary>
    public double Longitude { get; init; }

    /// <summary>How high the house stands, in metres.</summary>
    public double Elevation { get; init; }

    /// <summary>The radius of the home zone, in metres.</summary>
    public double Radius { get; init; }

    /// <summary>The time zone by its IANA name, such as <c>Europe/Vienna</c>.</summary>
    public string TimeZone { get; init => field = value ?? ""; } = "";

    /// <summary>The language, such as <c>en</c>.</summary>
    public string Language { get; init => field = value ?? ""; } = "";

    /// <summary>The country by its ISO code; <see langword="null"/> where it is not set.</summary>
    public string? Country { get; init; }

    /// <summary>The currency by its ISO code.</summary>
    public string Currency { get; init => field = value ?? ""; } = "";

    /// <summary>The units that the house uses.</summary>
    public UnitSystem UnitSystem { get; init => field = value ?? new(); } = new();

    /// <summary>What is loaded: integrations (<c>hue</c>) and their platforms (<c>hue.light</c>).</summary>
    public IReadOnlyList<string> Components { get; init => field = value ?? []; } = [];

    /// <summary>The folder of the configuration, on the server.</summary>
    public string ConfigDir { get; init => field = value ?? ""; } = "";

    /// <summary>Where the core configuration comes from: <c>storage</c>, <c>yaml</c>, <c>default</c>, <c>discovered</c>.</summary>
    public string ConfigSource { get; init => field = value ?? ""; } = "";

    /// <summary>The address in the local network; <see langword="null"/> where it is not set.</summary>
    public string? InternalUrl { get; init; }

    /// <summary>The address from outside; <see langword="null"/> where it is not set, or the user may only log in locally.</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>Folders that integrations may use.</summary>
    public IReadOnlyList<string> AllowlistExternalDirs { get; init => field = value ?? []; } = [];

    /// <summary>Addresses that integrations may use.</summary>
    public IReadOnlyList<string> AllowlistExternalUrls { get; init => field = value ?? []; } = [];

    /// <summary>Whether the server runs in debug mode.</summary>
    public bool Debug { get; init; }

    /// <summary>Whether the server started with a minimum, because its configuration is broken.</summary>
    public bool RecoveryMode { get; init; }

    /// <summary>Whether the server started without custom integrations.</summary>
    public bool SafeMode { get; init; }
}
