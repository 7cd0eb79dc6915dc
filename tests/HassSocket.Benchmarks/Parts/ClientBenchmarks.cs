using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using HassSocket.Benchmarks.Load;
using HassSocket.Testing;

namespace HassSocket.Benchmarks.Parts;

/// <summary>The whole way through the client over a socket in memory: dispatch of events, and a command's round trip.</summary>
[MemoryDiagnoser]
public class ClientBenchmarks : IAsyncDisposable
{
    private const int Events = 1_000;
    private const string Result = """{"context":{"id":"01M831JC3W7QAYY4BFTD8KAWCQ","parent_id":null,"user_id":null},"response":null}""";
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly byte[] _event = Encoding.UTF8.GetBytes(House.StateChanged(1, 1) + "2}");
    private HassSocketClient _client = null!;
    private MemoryConnection _server = null!;
    private int _heard;

    [GlobalSetup]
    public async Task ConnectAsync()
    {
        var transports = new MemoryTransportFactory();
        var options = new HassSocketOptions
        {
            BaseUrl = "http://house.test",
            Token = "t",
            SocketWarnRequestsPerSec = double.PositiveInfinity,
            SocketCrashRequestsPerSec = double.PositiveInfinity,
        };
        _client = new HassSocketClient(options, transportFactory: transports);
        var start = _client.StartAsync();
        _server = await transports.NextConnectionAsync();
        _server.Send("""{"type":"auth_required","ha_version":"2026.11.0"}""");
        _ = await _server.ReadAsync();
        _server.Send("""{"type":"auth_ok","ha_version":"2026.11.0"}""");
        await start;
        _client.OnStateChange().Subscribe(new Contenders.Hearer<StateChange>(int.MaxValue, (StateChange _, ref LoadHash _) =>
        {
            if (++_heard % Events == 0) _arrived.Release();
        }));
        _ = await _server.ReadAsync();
        _ = Task.Run(AnswerAsync);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _arrived.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public Task Dispatch()
    {
        for (var i = 0; i < Events; i++) _server.Send(_event);
        return _arrived.WaitAsync();
    }

    [Benchmark]
    public Task<ServiceCallResult> RoundTrip() => _client.SendMessageAsync(new CallServiceCommand("light", "turn_on"));

    private async Task AnswerAsync()
    {
        while (true)
        {
            using var request = JsonDocument.Parse(await _server.ReadAsync());
            if (request.RootElement.ValueKind != JsonValueKind.Object) continue;
            var id = request.RootElement.GetProperty("id").GetInt64();
            _server.Send($"{{\"id\":{id},\"type\":\"result\",\"success\":true,\"result\":{Result}}}");
        }
    }
}
