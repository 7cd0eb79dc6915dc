using System.Diagnostics;
using HassSocket.Endurance.Histories;
using HassSocket.Testing;

namespace HassSocket.Endurance.Soak;

/// <summary>What a process with a client holds.</summary>
/// <param name="HeapBytes">After a full collection.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Pending">Commands that wait or are in flight, events that nobody has read, and routes above the one that is wanted.</param>
/// <param name="Sessions">Sessions of the client that are in memory, open or not.</param>
/// <param name="Connections">Connections that are open at the house.</param>
internal sealed record Footprint(long HeapBytes, int Handles, int Threads, long Pending, int Sessions, int Connections)
{
    public static Footprint Of(Inside inside, HomeAssistantSimulator house, IReadOnlyList<WeakReference> sessions)
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return new Footprint(
            GC.GetTotalMemory(forceFullCollection: true),
            process.HandleCount,
            process.Threads.Count,
            inside.Waiting + inside.InFlight + inside.Unread + inside.Routes - inside.Wanted,
            sessions.Count(session => session.IsAlive),
            house.Connections.Count(connection => connection.IsOpen));
    }

    public override string ToString() =>
        $"heap {HeapBytes / 1024:N0} KiB, {Handles} handles, {Threads} threads, {Pending} pending, {Sessions} sessions, {Connections} connections open";
}
