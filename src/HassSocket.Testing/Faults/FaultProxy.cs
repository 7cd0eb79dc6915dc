using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using HassSocket.Testing.Faults;
using HassSocket.Testing.Time;

namespace HassSocket.Testing;

/// <summary>Stands between a client and any WebSocket server on this machine, passes everything on, and breaks what a script asks it to.</summary>
/// <remarks>
/// Real sockets on 127.0.0.1, for tests of what a network does: <c>client ⇄ proxy ⇄ server</c>. Connect the client to <see cref="Address"/>.
/// All members may be called from any thread.
/// </remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(ProxyLine Line, Task Run)> _lines = [];
    private readonly HashSet<ProxyLine> _clients = [];
    private readonly Queue<DialAnswer> _next = new();
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly List<(int Count, TaskCompletionSource Met)> _waiters = [];
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _dials;

    /// <summary>Opens a proxy on a free port.</summary>
    /// <param name="server">The server on this machine, such as <see cref="HomeAssistantSimulator.BaseUrl"/>; spoken to without TLS.</param>
    /// <param name="timeProvider">Measures <see cref="FaultyWay.BytesPerSecond"/>; the system's clock by default.</param>
    /// <param name="tls">Speaks TLS with clients, with this certificate; plain by default.</param>
    /// <exception cref="ArgumentException">The server is not on this machine.</exception>
    public FaultProxy(Uri server, TimeProvider? timeProvider = null, SslServerAuthenticationOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!server.IsLoopback)
            throw new ArgumentException($"'{server.Host}' is not this machine; a proxy with faults serves loopback addresses only, such as 127.0.0.1.", nameof(server));
        Server = server;
        Time = timeProvider ?? TimeProvider.System;
        _tls = tls;
        ToServer = new FaultyWay(Time);
        ToClient = new FaultyWay(Time);
        Listen(port: 0);
    }

    /// <summary>Where clients connect: <c>http://127.0.0.1:</c> and the port; <c>https</c> with TLS.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What happens to bytes on their way to the server.</summary>
    public FaultyWay ToServer { get; }

    /// <summary>What happens to bytes on their way to the client.</summary>
    public FaultyWay ToClient { get; }

    /// <summary>What happens to clients that dial, after those of <see cref="AnswerNext"/>.</summary>
    /// <value>Default: <see cref="DialAnswer.Pass"/>.</value>
    public DialAnswer Answer { get; set; } = DialAnswer.Pass;

    /// <summary>How many clients have dialled.</summary>
    public int Dials => Volatile.Read(ref _dials);

    /// <summary>How many connections clients have open.</summary>
    public int Lines
    {
        get { lock (_lock) return _clients.Count; }
    }

    /// <summary>Whether anybody listens: if not, a dial is refused by the machine itself.</summary>
    /// <value>Default: <see langword="true"/>. Connections that are open stay open.</value>
    public bool IsListening
    {
        get { lock (_lock) return _listener is not null; }
        set
        {
            lock (_lock)
            {
                if (value == _listener is not null) return;
                if (value)
                {
                    Listen(Address.Port);
                    return;
                }

                _listener!.Dispose();
                _listener = null;
            }
        }
    }

    internal Uri Server { get; }

    internal TimeProvider Time { get; }

    /// <summary>Plans what happens to the next clients that dial, one answer each.</summary>
    /// <param name="answers">The answers, in order.</param>
    public void AnswerNext(params ReadOnlySpan<DialAnswer> answers)
    {
        lock (_lock)
        {
            foreach (var answer in answers) _next.Enqueue(answer);
        }
    }

    /// <summary>Ends all connections as a process that dies does: TCP says goodbye (FIN), the WebSocket does not.</summary>
    public void FinishAll()
    {
        foreach (var line in Open()) line.Finish();
    }

    /// <summary>Resets all connections (RST).</summary>
    public void ResetAll()
    {
        foreach (var line in Open()) line.Reset();
    }

    /// <summary>Ends all connections with a close frame, in the server's place.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The text that goes with it.</param>
    public Task CloseAllAsync(int code, string reason = "") => Task.WhenAll(Open().Select(line => line.CloseAsync(code, reason)));

    /// <summary>Says something to all clients in the server's place.</summary>
    /// <param name="text">The text of the frame.</param>
    public Task SendAsync(string text) => Task.WhenAll(Open().Select(line => line.SendAsync(text)));

    /// <summary>Waits until clients have exactly so many connections open: those that they gave up have gone.</summary>
    /// <param name="count">How many.</param>
    /// <param name="guard">The longest wait in real time; 10 seconds by default.</param>
    /// <exception cref="TimeoutException">It did not come to that.</exception>
    public Task WaitForLinesAsync(int count, TimeSpan? guard = null)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_clients.Count == count) return Task.CompletedTask;
            _waiters.Add((count, met));
        }

        return met.Task.WaitAsync(guard ?? Guard.Default, TimeProvider.System);
    }

    /// <summary>Stops to listen and breaks all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        IsListening = false;
        await _accepting.ConfigureAwait(false);
        (ProxyLine Line, Task Run)[] left;
        lock (_lock) left = [.. _lines];
        foreach (var (line, _) in left) line.Reset();
        await Task.WhenAll(left.Select(line => line.Run)).ConfigureAwait(false);
    }

    private ProxyLine[] Open()
    {
        lock (_lock) return [.. _lines.Select(line => line.Line)];
    }

    private void Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _listener = listener;
        Address = new Uri($"{(_tls is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _accepting = Task.WhenAll(_accepting, AcceptAsync(listener));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) Serve(await listener.AcceptTcpClientAsync().ConfigureAwait(false));
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody listens any more.
        }
    }

    private void Serve(TcpClient client)
    {
        Interlocked.Increment(ref _dials);
        ProxyLine line = null!;
        line = new ProxyLine(this, client, () => NoteGone(line));
        lock (_lock)
        {
            var answer = _next.TryDequeue(out var planned) ? planned : Answer;
            _clients.Add(line);
            _lines.Add((line, Task.Run(() => RunAsync(line, answer))));
            TellWaiters_NeedsLock();
        }
    }

    private async Task RunAsync(ProxyLine line, DialAnswer answer)
    {
        await line.RunAsync(answer, _tls).ConfigureAwait(false);
        lock (_lock) _lines.RemoveAll(one => one.Line == line);
        line.Dispose();
    }

    private void NoteGone(ProxyLine line)
    {
        lock (_lock)
        {
            if (_clients.Remove(line)) TellWaiters_NeedsLock();
        }
    }

    private void TellWaiters_NeedsLock()
    {
        foreach (var (_, met) in _waiters.Where(waiter => waiter.Count == _clients.Count)) met.TrySetResult();
        _waiters.RemoveAll(waiter => waiter.Met.Task.IsCompleted);
    }
}
