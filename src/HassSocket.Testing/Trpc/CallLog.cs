using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>Every request that was understood, and the tests that wait for one.</summary>
internal sealed class CallLog
{
    private readonly Journal<FakeTrpcCall> _calls = new();

    public IReadOnlyList<FakeTrpcCall> All => _calls.All;

    public void Add(FakeTrpcCall call) => _calls.Add(call);

    public Task<FakeTrpcCall> WaitAsync(string path, int count, TimeSpan? guard)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var met = 0;
        return _calls.WaitAsync(call => call.Path == path && ++met == count, guard, calls =>
            $"'{path}' was not asked for {(count == 1 ? "" : $"{count} times ")}but there were {calls.Count} calls:\n{string.Join('\n', calls.TakeLast(50).Select(call => $"  {call}"))}");
    }
}
