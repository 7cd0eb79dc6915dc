using System.Globalization;

namespace HassSocket.Live;

/// <summary>A visit to a server: who we are there, what it has told us, and what we must put away.</summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>How everything begins that is created on the server.</summary>
    public const string Prefix = "hass_socket_live_";

    public Visit(LiveSettings settings)
    {
        Settings = settings;
        Lamp = new Lamp(settings.Light);
        Client = new HassSocketClient(Options());
        Leftovers = new Leftovers(this);
    }

    public LiveSettings Settings { get; }

    /// <summary>The administrator's connection, with the defaults that any user has.</summary>
    public HassSocketClient Client { get; }

    public Lamp Lamp { get; }

    public Leftovers Leftovers { get; }

    /// <summary>What the server says of itself; known after the first check.</summary>
    public HassConfig Config { get; set; } = new();

    /// <summary>A name for an event or an entity of ours.</summary>
    public static string NameOf(string what) => Prefix + what;

    public HassSocketOptions Options(string? token = null) => new() { BaseUrl = Settings.Server, Token = token ?? Settings.Token };

    /// <summary>Opens another connection; it is the caller's to dispose.</summary>
    public async Task<HassSocketClient> ConnectAsync(
        CancellationToken cancellationToken, Action<HassSocketOptions>? configure = null, string? token = null)
    {
        var options = Options(token);
        configure?.Invoke(options);
        var client = new HassSocketClient(options);
        try
        {
            await client.StartAsync(cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a connection that may send as much as it likes.</summary>
    public Task<HassSocketClient> ConnectWithoutLimitsAsync(CancellationToken cancellationToken) => ConnectAsync(cancellationToken, options =>
    {
        options.SocketWarnRequestsPerSec = double.PositiveInfinity;
        options.SocketCrashRequestsPerSec = double.PositiveInfinity;
    });

    /// <summary>Passes where the server says that it is of this version or newer.</summary>
    /// <exception cref="NotApplicableException">It is older.</exception>
    public void Since(int year, int month, string what)
    {
        var parts = Config.Version.Split('.');
        var isNew = parts.Length >= 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var years)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var months)
            && (years, months).CompareTo((year, month)) >= 0;
        if (!isNew) throw new NotApplicableException($"{what} came with {year}.{month}, this is {Config.Version}");
    }

    /// <summary>Passes where the server says that it has loaded this integration.</summary>
    /// <exception cref="NotApplicableException">It has not.</exception>
    public void Needs(string component)
    {
        if (!Config.Components.Contains(component)) throw new NotApplicableException($"the server has not loaded {component}");
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
