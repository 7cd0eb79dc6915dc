using static HassSocket.ConnectionState;

namespace HassSocket.Connections;

/// <summary>The legal arrows between states; any other one is a defect of ours, and says so.</summary>
internal static class ConnectionTransitions
{
    public static bool IsLegal(ConnectionState from, ConnectionState to) => from switch
    {
        Stopped => to is Connecting or Idle or Stopped,
        Idle => to is Connecting or Backoff or Stopped or Faulted,
        Connecting => to is Authenticating or Backoff or Stopped or Faulted,
        Authenticating => to is Restoring or Backoff or Stopped or Faulted,
        Restoring => to is Ready or Backoff or Stopped or Faulted,
        Ready => to is Backoff or Idle or Stopped or Faulted,
        Backoff => to is Connecting or Idle or Stopped or Faulted,
        Faulted => to is Connecting or Idle or Stopped,
        _ => false,
    };

    public static void Check(ConnectionState from, ConnectionState to)
    {
        if (!IsLegal(from, to)) throw new InvalidOperationException($"A connection cannot go from {from} to {to}.");
    }
}
