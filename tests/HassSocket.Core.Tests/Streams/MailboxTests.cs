using System.Text;
using HassSocket.Core.Tests.Support;
using HassSocket.Streams;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class MailboxTests
{
    [Fact]
    public void A_full_one_under_DropOldest_lets_the_oldest_go()
    {
        var box = Box(OverflowPolicy.DropOldest, 2);

        Assert.Equal(PostOutcome.Taken, box.Post(Item("a")));
        Assert.Equal(PostOutcome.Taken, box.Post(Item("b")));
        Assert.Equal(PostOutcome.Dropped, box.Post(Item("c")));

        Assert.Equal(2, box.Depth);
        Assert.Equal(["b", "c"], TakeAll(box));
    }

    [Fact]
    public void A_full_one_under_DropNewest_does_not_take_the_new_item()
    {
        var box = Box(OverflowPolicy.DropNewest, 2);
        box.Post(Item("a"));
        box.Post(Item("b"));

        Assert.Equal(PostOutcome.Dropped, box.Post(Item("c")));
        Assert.Equal(["a", "b"], TakeAll(box));
        Assert.Equal(PostOutcome.Taken, box.Post(Item("d")));
    }

    [Fact]
    public void Fail_ends_after_what_it_holds_and_takes_nothing_more()
    {
        var box = Box(OverflowPolicy.Fail, 2, name: "slow one");
        box.Post(Item("a"));
        box.Post(Item("b"));

        Assert.Equal(PostOutcome.Failed, box.Post(Item("c")));
        Assert.Equal(PostOutcome.Ignored, box.Post(Item("d")));

        Assert.Equal(["a", "b"], TakeAll(box));
        Assert.True(box.IsCompleted);
        var error = Assert.IsType<StreamOverflowException>(box.Error);
        Assert.Contains("'slow one'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Capacity", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lossless_grows_beyond_its_capacity_to_exactly_MaxMailboxBytes()
    {
        var box = Box(OverflowPolicy.Lossless, 1, maxBytes: 10);
        for (var i = 0; i < 5; i++) Assert.Equal(PostOutcome.Taken, box.Post(Item("ab")));

        Assert.Equal(PostOutcome.Failed, box.Post(Item("c")));

        Assert.Equal(5, TakeAll(box).Length);
        Assert.Contains("MaxMailboxBytes", Assert.IsType<StreamOverflowException>(box.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lossless_counts_the_bytes_that_wait_and_not_those_that_ever_came()
    {
        var box = Box(OverflowPolicy.Lossless, 1, maxBytes: 4);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(PostOutcome.Taken, box.Post(Item("abcd")));
            Assert.True(box.TryTake(out _));
        }
    }

    [Fact]
    public void Slots_are_taken_as_they_are_needed()
    {
        var source = new TextSource("box");
        var options = new StreamOptions { Capacity = 1_000_000 };
        var item = Item("a");
        _ = new Mailbox(options, source).Post(item);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new Mailbox(options, source).Post(item);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1_000);
    }

    [Fact]
    public void One_that_is_held_gives_nothing_until_it_is_released()
    {
        var box = Box(OverflowPolicy.DropOldest, 3);
        box.Post(Item("a"));
        box.Post(Item("b"));

        Assert.Equal(0, box.Hold());
        Assert.False(box.TryTake(out _));
        var wait = box.WaitAsync();
        Assert.False(wait.IsCompleted);
        box.Release();

        Assert.Equal(["a", "b"], TakeAll(box));
    }

    [Fact]
    public async Task One_that_completes_gives_the_rest_and_then_ends()
    {
        var box = Box(OverflowPolicy.DropOldest, 3);
        box.Post(Item("a"));
        box.Complete();

        Assert.Equal(PostOutcome.Ignored, box.Post(Item("b")));
        Assert.True(await box.WaitAsync());
        Assert.Equal(["a"], TakeAll(box));
        Assert.False(await box.WaitAsync());
        Assert.True(box.IsCompleted);
    }

    [Fact]
    public async Task One_that_completes_while_it_is_held_gives_the_rest_and_ends()
    {
        var box = Box(OverflowPolicy.DropOldest, 3);
        box.Post(Item("a"));
        box.Hold();
        var wait = box.WaitAsync();

        box.Complete();

        Assert.True(await wait);
        Assert.Equal(["a"], TakeAll(box));
        Assert.False(await box.WaitAsync());
    }

    [Fact]
    public async Task One_that_is_closed_ends_at_once_without_the_rest()
    {
        var box = Box(OverflowPolicy.DropOldest, 3);
        box.Post(Item("a"));
        box.Hold();
        var wait = box.WaitAsync();

        box.Close();

        Assert.False(await wait);
        Assert.False(box.TryTake(out _));
        Assert.Equal(0, box.Depth);
        Assert.Equal(PostOutcome.Ignored, box.Post(Item("b")));
        Assert.False(box.IsCompleted);
    }

    [Fact]
    public void An_error_is_the_first_one()
    {
        var box = Box(OverflowPolicy.DropOldest, 3);
        box.Complete(new RefusedException("first") { Code = "x", ServerMessage = "x" });
        box.Complete(new RefusedException("second") { Code = "x", ServerMessage = "x" });
        Assert.Equal("first", box.Error!.Message);
    }

    [Fact]
    public void A_key_that_cannot_be_read_hurts_nobody()
    {
        var options = new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "entity_id", Capacity = 2 };
        var box = new Mailbox(options, new TextSource("box") { KeyOf = _ => throw new FormatException("no key") });

        Assert.Equal(PostOutcome.Taken, box.Post(Item("a=1")));
        Assert.Equal(PostOutcome.Replaced, box.Post(Item("b=1")));
    }

    [Fact]
    public async Task Items_of_many_threads_all_arrive_and_those_of_each_in_order()
    {
        const int Threads = 4;
        const int Each = 5_000;
        var box = Box(OverflowPolicy.Lossless, 1, maxBytes: long.MaxValue);
        var posting = Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) box.Post(Item($"{thread} {i}"));
        })).ToList();
        _ = Task.WhenAll(posting).ContinueWith(_ => box.Complete(), TaskScheduler.Default);

        var next = new int[Threads];
        while (await box.WaitAsync())
        {
            foreach (var text in TakeAll(box))
            {
                var words = text.Split(' ');
                Assert.Equal(next[int.Parse(words[0], null)]++, int.Parse(words[1], null));
            }
        }

        Assert.All(next, count => Assert.Equal(Each, count));
    }

    internal static StreamItem Item(string text) => new OwnedItem(Encoding.UTF8.GetBytes(text), isFirst: false);

    internal static string[] TakeAll(Mailbox box)
    {
        var taken = new List<string>();
        while (box.TryTake(out var item)) taken.Add(Encoding.UTF8.GetString(item!.Bytes.Span));
        return [.. taken];
    }

    internal static Mailbox Box(OverflowPolicy policy, int capacity, string? key = "entity_id", long maxBytes = 100, string name = "") =>
        new(
            new StreamOptions
            {
                Policy = policy,
                Capacity = capacity,
                LatestKey = policy == OverflowPolicy.Latest ? key : null,
                MaxMailboxBytes = maxBytes,
                Name = name,
            },
            new TextSource("box"));
}
