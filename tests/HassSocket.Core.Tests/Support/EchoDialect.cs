using System.Buffers;
using System.Text;

namespace HassSocket.Core.Tests.Support;

/// <summary>The plain dialect: "hello" is answered by "welcome VERSION" or "go away"; pings are requests like any other.</summary>
public sealed class EchoDialect : LineDialect
{
    private string _secret = "secret";

    public string Secret
    {
        get => _secret;
        set
        {
            _secret = value;
            Interlocked.Exchange(ref _changed, new TaskCompletionSource()).TrySetResult();
        }
    }

    public Func<string>? RenewedSecret { get; set; }

    public override ControlMessage Ping { get; } = new("ping"u8.ToArray());

    public int Prepared { get; private set; }

    private TaskCompletionSource _changed = new();

    public override ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken)
    {
        Prepared++;
        return new(new Plan(Secret));
    }

    public override ValueTask<bool> RenewCredentialsAsync(CancellationToken cancellationToken)
    {
        if (RenewedSecret?.Invoke() is not { } renewed || renewed == _secret) return new(false);
        _secret = renewed;
        return new(true);
    }

    public override Task CredentialsChangedAsync(CancellationToken cancellationToken) => _changed.Task.WaitAsync(cancellationToken);

    private sealed class Plan(string secret) : DialPlan
    {
        public override UpgradeRequest Upgrade { get; } = new(new Uri("ws://echo.test/"));

        public override HandshakeStep Begin() => HandshakeStep.SendThenExpect(Encoding.UTF8.GetBytes($"hello {secret}"));

        public override HandshakeStep Next(in ReadOnlySequence<byte> message)
        {
            var words = Encoding.UTF8.GetString(message.ToArray()).Split(' ');
            return words[0] switch
            {
                "welcome" => HandshakeStep.Done(words[1]),
                "wait" => HandshakeStep.Expect,
                "go" => HandshakeStep.Rejected(new AuthenticationRejectedException("The server does not know you.")),
                _ => throw new ProtocolViolationException("The server greets in a language that is not known."),
            };
        }
    }
}
