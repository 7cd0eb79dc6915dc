using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using HassSocket.Benchmarks.Load;
using HassSocket.Dialect;

namespace HassSocket.Benchmarks.Parts;

/// <summary>Taking frames apart: as servers write them, by their brackets; with a blank in them, token by token.</summary>
[MemoryDiagnoser]
public class SplitterBenchmarks
{
    private static readonly IItemSink Nobody = new Sink();
    private readonly ReadOnlySequence<byte> _event = Message(House.StateChanged(1, 1) + "2}");
    private readonly ReadOnlySequence<byte> _unusual = Message(House.StateChanged(1, 1) + " 2}");
    private readonly ReadOnlySequence<byte> _array = Message($"[{string.Join(',', Enumerable.Range(0, 64).Select(i => House.StateChanged(i, i) + "2}"))}]");

    [Benchmark]
    public void Event() => FrameSplitter.Split(_event, Nobody);

    [Benchmark]
    public void UnusualEvent() => FrameSplitter.Split(_unusual, Nobody);

    [Benchmark(OperationsPerInvoke = 64)]
    public void ArrayOf64Events() => FrameSplitter.Split(_array, Nobody);

    private static ReadOnlySequence<byte> Message(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Sink : IItemSink
    {
        public void Take(in WireItem item)
        {
        }
    }
}
