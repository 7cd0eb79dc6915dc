namespace HassSocket.Benchmarks.Load;

/// <summary>What a consumer has heard: how many, and a hash over entity ids and states in their order (FNV-1a, 32 bits).</summary>
/// <remarks>Cheap, and the same in every language: it is part of what each contender does for an event.</remarks>
internal struct LoadHash()
{
    private const uint Prime = 16777619;

    public uint Value { get; private set; } = 2166136261;

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> entityId, ReadOnlySpan<byte> state)
    {
        Value = Mix(Mix(Value, entityId), state);
        Count++;
    }

    public void Add(ReadOnlySpan<char> entityId, ReadOnlySpan<char> state)
    {
        Value = Mix(Mix(Value, entityId), state);
        Count++;
    }

    private static uint Mix(uint hash, ReadOnlySpan<byte> text)
    {
        foreach (var one in text) hash = (hash ^ one) * Prime;
        return (hash ^ 0xFF) * Prime;
    }

    private static uint Mix(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var one in text) hash = (hash ^ (byte)one) * Prime;
        return (hash ^ 0xFF) * Prime;
    }
}
