namespace HassSocket.Endurance.Histories;

/// <summary>Opens the lines of one history, and counts them.</summary>
internal sealed class Lines(ITransportFactory inner, int seed, Defect defect) : ITransportFactory
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public async ValueTask<ITransport> ConnectAsync(UpgradeRequest request, CancellationToken cancellationToken)
    {
        var transport = await inner.ConnectAsync(request, cancellationToken);
        var number = Interlocked.Increment(ref _count);
        var random = new Random(HashCode.Combine(seed, number));
        return new Line(transport, random, defect == Defect.None ? null : new Saboteur(defect, number, random.Next()));
    }
}
