using System.Buffers;
using HassSocket.Transport;
using Xunit;

namespace HassSocket.Core.Tests.Transport;

public sealed class MessageBufferTests
{
    private const int KiB = 1024;

    [Fact]
    public void Small_message_is_one_piece_of_one_array_that_is_used_again()
    {
        using var buffer = new MessageBuffer(1024 * KiB);
        var first = buffer.GetMemory();
        Fill(buffer, 100, seed: 1);
        Assert.True(buffer.Message.IsSingleSegment);
        AssertPattern(buffer.Message, 100, seed: 1);

        buffer.Reset();
        Assert.Equal(0, buffer.Message.Length);
        Assert.True(first.Span.Overlaps(buffer.GetSpan()));
    }

    [Theory]
    [InlineData(64 * KiB)]
    [InlineData(64 * KiB + 1)]
    [InlineData(128 * KiB + 7)]
    [InlineData(5 * 1024 * KiB + 3)]
    public void Message_of_any_length_comes_out_as_it_went_in(int length)
    {
        using var buffer = new MessageBuffer(int.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            Fill(buffer, length, seed: round);
            Assert.Equal(length, buffer.TotalBytes);
            AssertPattern(buffer.Message, length, seed: round);
            buffer.Reset();
        }
    }

    [Fact]
    public void Segments_grow_to_one_mebibyte_and_no_further()
    {
        using var buffer = new MessageBuffer(int.MaxValue);
        Fill(buffer, 6 * 1024 * KiB);
        var sizes = new List<int>();
        foreach (var segment in buffer.Message) sizes.Add(segment.Length / KiB);
        Assert.Equal([64, 64, 128, 256, 512, 1024, 1024, 1024, 1024, 1024], sizes);
    }

    [Fact]
    public void Size_hint_is_honoured_where_the_rest_of_a_segment_is_too_short()
    {
        using var buffer = new MessageBuffer(int.MaxValue);
        Fill(buffer, 64 * KiB - 10);
        Assert.True(buffer.GetMemory(3 * 1024 * KiB).Length >= 3 * 1024 * KiB);
        buffer.GetSpan(20)[..20].Fill(7);
        buffer.Advance(20);
        Assert.Equal(64 * KiB + 10, buffer.Message.Length);
        Assert.Equal(7, buffer.Message.Slice(64 * KiB - 10).FirstSpan[0]);
    }

    [Fact]
    public void Advancing_beyond_what_was_handed_out_is_refused()
    {
        using var buffer = new MessageBuffer(1024 * KiB);
        var free = buffer.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(free + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }

    [Fact]
    public void Message_at_the_cap_is_kept_and_one_byte_more_is_not()
    {
        using var buffer = new MessageBuffer(200 * KiB);
        Fill(buffer, 200 * KiB);
        Assert.False(buffer.GetMemory().IsEmpty);
        Assert.False(buffer.IsOversized);
        Assert.Equal(200 * KiB, buffer.Message.Length);

        buffer.Advance(1);
        Assert.True(buffer.IsOversized);
        Assert.Throws<InvalidOperationException>(() => buffer.Message);
        Assert.Throws<InvalidOperationException>(() => buffer.Retain(buffer.Message));
    }

    [Theory]
    [InlineData(1 * KiB)]
    [InlineData(300 * KiB)]
    public void Message_above_the_cap_is_counted_and_only_its_beginning_kept(int cap)
    {
        using var buffer = new MessageBuffer(cap);
        Fill(buffer, 3 * 1024 * KiB, seed: 5);
        Assert.Equal(3 * 1024 * KiB, buffer.TotalBytes);
        Assert.InRange(buffer.Beginning.Length, 4 * KiB, 64 * KiB);
        AssertPattern(buffer.Beginning, (int)buffer.Beginning.Length, seed: 5);
    }

    [Fact]
    public void Scratch_memory_is_handed_out_again_and_again()
    {
        using var buffer = new MessageBuffer(KiB);
        Fill(buffer, 65 * KiB);
        var scratch = buffer.GetMemory();
        buffer.Advance(scratch.Length);
        Assert.True(scratch.Span.Overlaps(buffer.GetSpan()));
    }

    [Fact]
    public void Message_after_an_oversized_one_is_whole()
    {
        using var buffer = new MessageBuffer(100 * KiB);
        Fill(buffer, 500 * KiB);
        buffer.Reset();
        Assert.False(buffer.IsOversized);
        Fill(buffer, 90 * KiB, seed: 9);
        AssertPattern(buffer.Message, 90 * KiB, seed: 9);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(700 * KiB)]
    public void Retained_message_stays_readable_while_the_buffer_goes_on(int length)
    {
        using var buffer = new MessageBuffer(int.MaxValue);
        Fill(buffer, length, seed: 1);
        var kept = buffer.Message;
        var lease = buffer.Retain(buffer.Message);
        for (var round = 2; round < 6; round++)
        {
            buffer.Reset();
            Fill(buffer, length, seed: round);
            AssertPattern(buffer.Message, length, seed: round);
        }

        AssertPattern(kept, length, seed: 1);
        lease.Dispose();
    }

    [Fact]
    public void Memory_of_several_leases_lives_until_the_last_is_disposed()
    {
        using var buffer = new MessageBuffer(int.MaxValue);
        Fill(buffer, 300 * KiB, seed: 1);
        var kept = buffer.Message;
        var leases = new[] { buffer.Retain(buffer.Message), buffer.Retain(buffer.Message), buffer.Retain(buffer.Message) };
        leases[0].Dispose();
        leases[0].Dispose();
        leases[0].Dispose();
        AssertPattern(buffer.Message, 300 * KiB, seed: 1);
        buffer.Reset();
        leases[1].Dispose();
        AssertPattern(kept, 300 * KiB, seed: 1);
        leases[2].Dispose();
        Assert.NotEqual(300 * KiB, LengthOfMemory(kept));
    }

    [Fact]
    public void Lease_outlives_the_buffer()
    {
        var buffer = new MessageBuffer(int.MaxValue);
        Fill(buffer, 300 * KiB, seed: 3);
        var kept = buffer.Message;
        using var lease = buffer.Retain(buffer.Message);
        buffer.Dispose();
        buffer.Dispose();
        AssertPattern(kept, 300 * KiB, seed: 3);
        Assert.Throws<ObjectDisposedException>(() => buffer.GetMemory());
    }

    [Fact]
    public void Normal_message_allocates_nothing()
    {
        using var buffer = new MessageBuffer(int.MaxValue);
        long length = 0;
        OneMessage();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) OneMessage();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001 * 1200L, length);

        void OneMessage()
        {
            buffer.GetMemory();
            buffer.Advance(1200);
            length += buffer.Message.Length;
            buffer.Reset();
        }
    }

    private static void Fill(MessageBuffer buffer, int count, int seed = 0)
    {
        var done = 0;
        while (done < count)
        {
            var memory = buffer.GetMemory();
            var piece = Math.Min(memory.Length, count - done);
            for (var i = 0; i < piece; i++) memory.Span[i] = Pattern(done + i, seed);
            buffer.Advance(piece);
            done += piece;
        }
    }

    private static void AssertPattern(in ReadOnlySequence<byte> actual, int length, int seed)
    {
        var expected = new byte[length];
        for (var i = 0; i < length; i++) expected[i] = Pattern(i, seed);
        Assert.True(actual.ToArray().AsSpan().SequenceEqual(expected));
    }

    private static byte Pattern(int index, int seed) => (byte)((index * 31) + (index >> 9) + (seed * 101));

    private static long LengthOfMemory(ReadOnlySequence<byte> sequence)
    {
        long length = 0;
        try
        {
            foreach (var segment in sequence) length += segment.Length;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Its segments are empty by now.
        }

        return length;
    }
}
