using HassSocket.Transport;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

public sealed class ReadAheadStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(4_096)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task What_is_read_in_pieces_of_any_size_is_what_was_written(int piece)
    {
        var written = new byte[300_000];
        new Random(7).NextBytes(written);
        await using var stream = new ReadAheadStream(new MemoryStream(written));
        var read = new MemoryStream();
        var buffer = new byte[piece];

        while (await stream.ReadAsync(buffer.AsMemory()) is var count and > 0) read.Write(buffer, 0, count);

        Assert.Equal(written, read.ToArray());
    }

    [Fact]
    public async Task Small_pieces_cost_one_read_of_what_is_below()
    {
        var below = new CountingStream(new byte[10_000]);
        await using var stream = new ReadAheadStream(below);
        var buffer = new byte[100];

        for (var i = 0; i < 100; i++) Assert.Equal(100, await stream.ReadAsync(buffer.AsMemory()));

        Assert.Equal(1, below.Reads);
        Assert.Equal(0, await stream.ReadAsync(buffer.AsMemory()));
    }

    [Fact]
    public async Task Disposing_it_disposes_what_is_below()
    {
        var below = new CountingStream([]);

        await new ReadAheadStream(below).DisposeAsync();

        Assert.False(below.CanRead);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
