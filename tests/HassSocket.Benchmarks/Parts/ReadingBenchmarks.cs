using System.Buffers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using HassSocket.Benchmarks.Load;
using HassSocket.Dialect;

namespace HassSocket.Benchmarks.Parts;

/// <summary>Payloads into models: a change of a state, the answer to get_states, and the fold of subscribe_entities.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private const int Entities = 10_000;
    private readonly byte[] _change = Payload(House.StateChanged(1, 1), "\"event\":");
    private readonly byte[] _states = Payload(House.States(Entities), "\"result\":");
    private readonly ReadOnlySequence<byte> _whole = new(Payload(House.Entities(Entities), "\"event\":"));
    private readonly ReadOnlySequence<byte> _difference = new(Payload(House.Difference(1, 1), "\"event\":"));
    private readonly EntityFold _fold = new();

    public ReadingBenchmarks() => _fold.Fold(_whole, isBase: true);

    [Benchmark]
    public string StateChange() => new StateChange(_change).EntityId;

    [Benchmark]
    public int BareScanOfStates()
    {
        var reader = new Utf8JsonReader(_states);
        var tokens = 0;
        while (reader.Read()) tokens++;
        return tokens;
    }

    [Benchmark]
    public int GetStates() => StateListReader.Read(new ReadOnlySequence<byte>(_states)).Count;

    [Benchmark]
    public void FoldOfWhole() => new EntityFold().Fold(_whole, isBase: true);

    [Benchmark]
    public void FoldOfDifference() => _fold.Fold(_difference, isBase: false);

    // The value of the member, up to its closing bracket.
    private static byte[] Payload(string message, string member)
    {
        var bytes = Encoding.UTF8.GetBytes(message[(message.IndexOf(member, StringComparison.Ordinal) + member.Length)..]);
        return bytes[..JsonSkip.LengthOf(bytes)];
    }
}
