using System.Buffers;

namespace HassSocket.Core.Tests.Support;

/// <summary>A dialect without a handshake whose questions about credentials a test answers.</summary>
public sealed class PlainDialect : LineDialect
{
    public Func<CancellationToken, Task>? Prepare { get; set; }

    public Func<CancellationToken, Task<bool>>? Renew { get; set; }

    public Func<CancellationToken, Task>? Changed { get; set; }

    public override ControlMessage Ping { get; } = new("ping"u8.ToArray());

    public override async ValueTask<DialPlan> PrepareAsync(CancellationToken cancellationToken)
    {
        if (Prepare is not null) await Prepare(cancellationToken);
        return new Plan();
    }

    public override async ValueTask<bool> RenewCredentialsAsync(CancellationToken cancellationToken) =>
        Renew is not null && await Renew(cancellationToken);

    public override Task CredentialsChangedAsync(CancellationToken cancellationToken) =>
        Changed?.Invoke(cancellationToken) ?? base.CredentialsChangedAsync(cancellationToken);

    private sealed class Plan : DialPlan
    {
        public override UpgradeRequest Upgrade { get; } = new(new Uri("ws://plain.test/"));

        public override HandshakeStep Begin() => HandshakeStep.Done();

        public override HandshakeStep Next(in ReadOnlySequence<byte> message) => throw new InvalidOperationException("There is no handshake.");
    }
}
