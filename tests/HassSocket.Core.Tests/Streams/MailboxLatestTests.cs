using HassSocket.Streams;
using Xunit;
using static HassSocket.Core.Tests.Streams.MailboxTests;

namespace HassSocket.Core.Tests.Streams;

public sealed class MailboxLatestTests
{
    [Fact]
    public void Latest_without_a_key_keeps_only_the_last_item()
    {
        var box = Box(OverflowPolicy.Latest, 2, key: null);
        box.Post(Item("a=1"));

        Assert.Equal(PostOutcome.Replaced, box.Post(Item("b=1")));
        Assert.Equal(PostOutcome.Replaced, box.Post(Item("c=1")));

        Assert.Equal(["c=1"], TakeAll(box));
        Assert.Equal(PostOutcome.Taken, box.Post(Item("d=1")));
    }

    [Fact]
    public void Latest_replaces_in_place_the_item_of_the_same_key()
    {
        var box = Box(OverflowPolicy.Latest, 3);
        box.Post(Item("a=1"));
        box.Post(Item("b=1"));

        Assert.Equal(PostOutcome.Replaced, box.Post(Item("a=2")));

        Assert.Equal(["a=2", "b=1"], TakeAll(box));
    }

    [Fact]
    public void Latest_does_not_replace_an_item_that_was_taken()
    {
        var box = Box(OverflowPolicy.Latest, 3);
        box.Post(Item("a=1"));
        Assert.Equal(["a=1"], TakeAll(box));

        Assert.Equal(PostOutcome.Taken, box.Post(Item("a=2")));
        Assert.Equal(["a=2"], TakeAll(box));
    }

    [Fact]
    public void Latest_that_is_full_of_other_keys_lets_the_oldest_go()
    {
        var box = Box(OverflowPolicy.Latest, 2);
        box.Post(Item("a=1"));
        box.Post(Item("b=1"));

        Assert.Equal(PostOutcome.Dropped, box.Post(Item("c=1")));
        Assert.Equal(PostOutcome.Dropped, box.Post(Item("a=2")));

        Assert.Equal(["c=1", "a=2"], TakeAll(box));
    }

    [Fact]
    public void Holding_discards_and_counts_what_waits_under_Latest()
    {
        var box = Box(OverflowPolicy.Latest, 3);
        box.Post(Item("a=1"));
        box.Post(Item("b=1"));

        Assert.Equal(2, box.Hold());
        Assert.Equal(0, box.Depth);
        box.Release();
        Assert.Equal(PostOutcome.Taken, box.Post(Item("a=2")));
        Assert.Equal(["a=2"], TakeAll(box));
    }
}
