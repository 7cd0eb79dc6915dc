using System.Text;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>One life of one socket at the tRPC server: perhaps params, the admission, then requests.</summary>
#pragma warning disable CA1001 // The source has no timer and no handle; procedures may look at its token after the connection is gone.
internal sealed class TrpcConnection : ILineOwner
#pragma warning restore CA1001
{
    private readonly Dictionary<string, TrpcRun> _subscriptions = [];
    private readonly CancellationTokenSource _left = new();
    private readonly KeepAlive _keepAlive;
    private readonly Admission _admission;

    public TrpcConnection(TrpcOffice office, int number, IServerSocket socket, TrpcDial dial)
    {
        (Office, Number, Dial) = (office, number, dial);
        Line = new ServerLine(office.Ticks, office.Time, socket, this);
        _keepAlive = new KeepAlive(office.Options, () => SendRaw("PING"), () => Line.Break(isReset: false));
        _admission = new Admission(this, Handle);
        Face = new FakeTrpcConnection(this);
    }

    public TrpcOffice Office { get; }

    public int Number { get; }

    public TrpcDial Dial { get; }

    public ServerLine Line { get; }

    public FakeTrpcConnection Face { get; }

    public IReadOnlyDictionary<string, string> Params { get; set; } = new Dictionary<string, string>();

    public int SubscriptionCount => Office.Ticks.Run(() => _subscriptions.Count);

    public Task RunAsync()
    {
        _keepAlive.Begin();
        return Line.RunAsync(_admission.Begin);
    }

    public void Send(byte[] message) => Line.Send(message);

    public void SendRaw(string text) => Office.Ticks.Run(() => Send(Encoding.UTF8.GetBytes(text)));

    public void Forget(TrpcRequest request) => _subscriptions.Remove(request.Key);

    void ILineOwner.Take(ServerFrame frame)
    {
        var text = Encoding.UTF8.GetString(frame.Data.Span);
        Office.Log.Add(new ReceivedMessage(Number, text, Office.Time.GetUtcNow()));
        if (text == "PING" && !frame.IsBinary) SendRaw("PONG");
        else if (text != "PONG" || frame.IsBinary) _admission.Take(frame);
    }

    void ILineOwner.NoteLife() => _keepAlive.Sign();

    void ILineOwner.AfterFlush()
    {
    }

    void ILineOwner.EndWork() => Office.Ticks.Afterwards(_left.Cancel);

    void ILineOwner.Leave() => _keepAlive.End();

    /// <summary>Handles a request of an admitted client.</summary>
    private void Handle(TrpcRequest request)
    {
        if (Line.IsClosing) return;
        if (!request.HasId)
        {
            Send(Office.Messages.Error(null, new FakeTrpcErrorException("PARSE_ERROR", "`id` is required")));
        }
        else if (request.IsStop)
        {
            if (_subscriptions.TryGetValue(request.Key, out var run)) run.Stop();
        }
        else if (request.Method == "subscription" && _subscriptions.ContainsKey(request.Key))
        {
            Send(Office.Messages.Error(request, new FakeTrpcErrorException("BAD_REQUEST", $"Duplicate id {request.IdText}")));
        }
        else
        {
            Begin(request);
        }
    }

    private void Begin(TrpcRequest request)
    {
        var isSubscription = request.Method == "subscription";
        var stop = isSubscription ? CancellationTokenSource.CreateLinkedTokenSource(_left.Token) : null;
        var call = request.ToCall(Face, Office.Time.GetUtcNow(), stop?.Token ?? _left.Token);
        Office.Calls.Add(call);
        if (Office.Procedures.Find(request.Method, request.Path) is not { } procedure)
        {
            Send(Office.Messages.Error(request, new FakeTrpcErrorException("NOT_FOUND", $"No \"{request.Method}\"-procedure on path \"{request.Path}\"")));
            return;
        }

        var run = new TrpcRun(this, request, call, stop);
        if (isSubscription) _subscriptions[request.Key] = run;

        // A stop that came with the request is seen before the procedure begins, as in the real server.
        Office.Ticks.Afterwards(() => _ = procedure.RunAsync(run));
    }
}
