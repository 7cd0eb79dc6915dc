using System.Buffers;

namespace HassSocket;

/// <summary>One attempt to connect as a dialect sees it: the upgrade, then the handshake, step by step.</summary>
public abstract class DialPlan
{
    /// <summary>What to dial.</summary>
    public abstract UpgradeRequest Upgrade { get; }

    /// <summary>The first step after the upgrade.</summary>
    public abstract HandshakeStep Begin();

    /// <summary>The step that follows a message of the server.</summary>
    /// <param name="message">The message, valid during the call only.</param>
    /// <exception cref="ProtocolViolationException">The message does not belong here.</exception>
    public abstract HandshakeStep Next(in ReadOnlySequence<byte> message);
}
