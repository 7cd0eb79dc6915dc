namespace HassSocket;

/// <summary>The units that a house uses, as in <c>get_config</c>; what the server left out is empty.</summary>
public sealed record UnitSystem
{
    /// <summary>Lengths, such as <c>km</c>.</summary>
    public string Length { get; init => field = value ?? ""; } = "";

    /// <summary>Precipitation, such as <c>mm</c>.</summary>
    public string AccumulatedPrecipitation { get; init => field = value ?? ""; } = "";

    /// <summary>Areas, such as <c>m²</c>.</summary>
    public string Area { get; init => field = value ?? ""; } = "";

    /// <summary>Masses, such as <c>g</c>.</summary>
    public string Mass { get; init => field = value ?? ""; } = "";

    /// <summary>Pressures, such as <c>Pa</c>.</summary>
    public string Pressure { get; init => field = value ?? ""; } = "";

    /// <summary>Temperatures, such as <c>°C</c>.</summary>
    public string Temperature { get; init => field = value ?? ""; } = "";

    /// <summary>Volumes, such as <c>L</c>.</summary>
    public string Volume { get; init => field = value ?? ""; } = "";

    /// <summary>Speeds of the wind, such as <c>m/s</c>.</summary>
    public string WindSpeed { get; init => field = value ?? ""; } = "";
}
