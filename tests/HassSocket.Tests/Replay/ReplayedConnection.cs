using HassSocket.Testing;
using HassSocket.Tests.Support;
using Microsoft.Extensions.Logging;

namespace HassSocket.Tests.Replay;

/// <summary>One recorded connection, gone through once more by the client of this project: in memory, on a clock moved by hand.</summary>
internal sealed class ReplayedConnection : IAsyncDisposable
{
    // Longer than a ping is due, shorter than a missing answer kills: the client's own pings happen, and are answered in time.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(31);
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly Outline _outline;
    private readonly ReplaySettings _settings;
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryTransportFactory _transports;
    private readonly HassSocketClient _client;
    private readonly Journal<ConnectionStateChange> _states = new();
    private readonly CapturedLogs _logs = new();
    private readonly ILoggerFactory _loggers;
    private readonly Task _start;
    private MemoryConnection? _connection;
    private ServerSide? _server;
    private Asking? _asking;
    private Saying? _saying;
    private Task _reading = Task.CompletedTask;
    private TimeSpan _now;
    private TimeSpan _sinceSync;
    private int _line;

    private ReplayedConnection(Outline outline, ReplaySettings settings)
    {
        _outline = outline;
        _settings = settings;
        _transports = new MemoryTransportFactory(_clock);
        _now = outline.Lines[0].At;
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(_logs).SetMinimumLevel(LogLevel.Error));
        _client = new HassSocketClient(Options(), _loggers, _clock, _transports);
        _client.StateChanges.Subscribe(_states);
        _start = _client.StartAsync();
    }

    // Nothing but the recording decides how long something takes; no timer lasts longer than some weeks.
    private TimeSpan Enough => (_outline.Length < Longest ? _outline.Length : Longest) + TimeSpan.FromMinutes(1);

    /// <summary>Goes through a connection from its first line to its last.</summary>
    /// <exception cref="ReplayException">The client did something else than what was recorded.</exception>
    public static async Task RunAsync(Outline outline, ReplaySettings settings)
    {
        await using var replayed = new ReplayedConnection(outline, settings);
        await replayed.OpenAsync();
        foreach (var line in outline.Lines) await replayed.ReplayAsync(line);
        await replayed.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _loggers.Dispose();
    }

    private async Task OpenAsync()
    {
        _connection = await _transports.NextConnectionAsync(_settings.Patience);
        _server = new ServerSide(_connection, () => _outline.IsRunningAt(_line));
        _asking = new Asking(_outline, _client, _server, _settings);
        _saying = new Saying(_outline, _asking, _server, _connection, _settings);
        _reading = _server.ReadAsync();
        if (!_outline.HasLogin) await LogInAsync();
    }

    // The recording begins in the middle of a life: the beginning is made up.
    private async Task LogInAsync()
    {
        _connection!.Send("{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}");
        _connection.Send("{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");
        await BecomeReadyAsync();
    }

    private async Task ReplayAsync(Line line)
    {
        _line = line.Number;
        if (line.Kind is not (LineKind.Asked or LineKind.Said)) return;
        await AdvanceToAsync(line.At);
        if (line.Kind == LineKind.Asked) await _asking!.AskAsync(line);
        else if (await _saying!.SayAsync(line) is { } login) await FinishLoginAsync(login, line);
    }

    private async Task FinishLoginAsync(string said, Line line)
    {
        if (said == "auth_ok") await BecomeReadyAsync();
        if (said != "auth_invalid") return;
        if (!await _start.EndsWithinAsync(_settings.Patience) || _start.Exception?.InnerException is not AuthenticationRejectedException)
            throw new ReplayException($"The client was rejected in {line}, but its start says: {_start.Exception?.InnerException?.Message ?? _start.Status.ToString()}");
    }

    private async Task BecomeReadyAsync()
    {
        if (!await _start.EndsWithinAsync(_settings.Patience)) throw new ReplayException($"The client was let in, but is {_client.State}.");
        await _start;
        await _asking!.CatchUpAsync();
    }

    // Time passes as it did, except while nobody is let in yet: how long a login took says nothing about the client.
    private async Task AdvanceToAsync(TimeSpan at)
    {
        var span = at - _now;
        _now = at > _now ? at : _now;
        if (_asking!.IsReady) await AdvanceAsync(span);
    }

    private async Task AdvanceAsync(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= Step)
        {
            var step = left < Step ? left : Step;
            _clock.Advance(step);
            _sinceSync += step;
            if (_sinceSync < Drift) continue;
            _sinceSync = TimeSpan.Zero;
            await _asking!.SyncAsync();
        }
    }

    private async Task EndAsync()
    {
        // Whatever happens from here on, nobody is let in again.
        _transports.Refuse(int.MaxValue);
        if (_asking!.IsReady)
        {
            await _asking.CheckEventsAsync();
            await _asking.SyncAsync();
        }

        if (_outline.Close is { IsByServer: true } close) await EndByServerAsync(close);
        else await EndByClientAsync();
        await _client.DisposeAsync();
        await _reading;
        await _asking.CheckNothingMoreAsync();
        // A token that was rejected is an error in the log; nothing else in a recording is.
        if (_outline.IsAccepted && _logs.Entries is [var error, ..]) throw new ReplayException($"The client logged an error: {error}");
        if (_server!.Unexplained is [var first, ..]) throw new ReplayException($"The client sent something that was not recorded: {first}");
        if (!await _start.EndsWithinAsync(_settings.Patience)) throw new ReplayException("The client was disposed, but its start still waits.");
        _ = _start.Exception;
    }

    private async Task EndByClientAsync()
    {
        // What the server never answered ends by its timeout, and by nothing else.
        if (_asking!.IsReady && _asking.Unanswered.Any())
        {
            _asking.CheckStillRunning();
            await AdvanceAsync(Enough);
            await _asking.CheckTimeoutsAsync();
        }

        if (!await _client.StopAsync().EndsWithinAsync(_settings.Patience)) throw new ReplayException("The client does not stop.");
    }

    private async Task EndByServerAsync(Line close)
    {
        _asking!.CheckStillRunning();
        var before = _states.Count;
        if (close.CloseCode is { } code) _connection!.Close(code);
        else _connection!.Drop();
        if (!_start.IsFaulted && !await _states.UntilAsync(states => states.Count > before && states.Latest!.Current != ConnectionState.Ready, _settings.Patience))
            throw new ReplayException($"The socket ended in {close}, but the client stayed {_client.State}.");
        if (_asking.IsReady) await _asking.CheckLossesAsync(close);
        if (!await _client.StopAsync().EndsWithinAsync(_settings.Patience)) throw new ReplayException("The client does not stop.");
    }

    private HassSocketOptions Options() => new()
    {
        BaseUrl = "http://recorded:8123",
        Token = "a-token-of-the-replay",
        ConnectTimeout = Enough,
        HandshakeTimeout = Enough,
        WaitForReady = Timeout.InfiniteTimeSpan,
        ExpectResponseAfter = Enough - TimeSpan.FromSeconds(1),
        SocketWarnRequestsPerSec = double.PositiveInfinity,
        SocketCrashRequestsPerSec = double.PositiveInfinity,
        MaxInFlight = int.MaxValue,
    };
}
