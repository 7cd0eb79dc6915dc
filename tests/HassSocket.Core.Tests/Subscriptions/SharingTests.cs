using HassSocket.Core.Tests.Support;
using Xunit;

namespace HassSocket.Core.Tests.Subscriptions;

public sealed class SharingTests
{
    [Fact]
    public async Task Consumers_of_the_same_request_share_it_whatever_they_read()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var texts = new Inbox<string>();
        var numbers = new Inbox<int>();
        var first = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(texts);
        var second = fixture.Connection.Subscribe(new LengthSource("news")).Subscribe(numbers);
        using var third = fixture.Connection.Subscribe(new TextSource("other")).Subscribe(texts);

        Assert.Equal(["1 sub news", "2 sub other"], await fixture.SentAsync(server));
        server.Send("1 =\n1 + hello");
        Assert.Equal("hello", await texts.NextAsync());
        Assert.Equal(5, await numbers.NextAsync());

        first.Dispose();
        first.Dispose();
        Assert.Empty(await fixture.SentAsync(server));
        server.Send("1 + again");
        Assert.Equal(5, await numbers.NextAsync());
        second.Dispose();
        Assert.Equal(["5 stop 1"], await fixture.SentAsync(server));
    }

    [Theory]
    [InlineData(SubscriptionSharing.PerConsumer)]
    [InlineData(SubscriptionSharing.Snapshot)]
    public async Task Where_nothing_is_shared_each_consumer_has_one_on_the_wire(SubscriptionSharing sharing)
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news") { Share = sharing });
        var one = new Inbox<string>();
        var two = new Inbox<string>();
        var first = stream.Subscribe(one);
        using var second = stream.Subscribe(two);

        Assert.Equal(["1 sub news", "2 sub news"], await fixture.SentAsync(server));
        server.Send("1 =\n2 =\n1 + a\n1 + b\n2 + c\n2 + d");
        _ = await one.NextAsync();
        _ = await two.NextAsync();
        Assert.Equal(["b", "d"], [await one.NextAsync(), await two.NextAsync()]);

        first.Dispose();
        Assert.Equal(["4 stop 1"], await fixture.SentAsync(server));
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
    }

    [Fact]
    public async Task One_of_two_consumers_that_leaves_does_not_make_their_stream_pending()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var first = stream.Subscribe(new Inbox<string>());
        var second = stream.Subscribe(new Inbox<string>());
        server.Answer(await server.ReadAsync());
        await stream.UntilAsync(SubscriptionState.Active);

        first.Dispose();
        Assert.Equal(SubscriptionState.Active, stream.Status.State);
        second.Dispose();
        Assert.Equal(SubscriptionState.Pending, stream.Status.State);
    }

    [Fact]
    public async Task A_stream_that_is_left_and_joined_again_is_asked_for_again()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var stream = fixture.Connection.Subscribe(new TextSource("news"));
        var inbox = new Inbox<string>();
        stream.Subscribe(new Inbox<string>()).Dispose();
        using var consumer = stream.Subscribe(inbox);

        Assert.Equal(["1 sub news", "2 stop 1", "3 sub news"], await fixture.SentAsync(server));
        server.Send("1 =\n1 + old\n2 =\n3 =\n3 + new");

        Assert.Equal("new", await inbox.NextAsync());
    }

    [Fact]
    public async Task Racing_consumers_leave_nothing_behind_on_the_wire()
    {
        await using var fixture = new ConnectionFixture();
        var server = await fixture.ReadyAsync();
        var wanted = new HashSet<string>();
        var most = 0;
        using var over = new CancellationTokenSource();
        var racing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var consumer = fixture.Connection.Subscribe(new TextSource("news")).Subscribe(new Inbox<string>());
            }
        })));
        var ending = racing.ContinueWith(_ => fixture.SendAsync("end"), TaskScheduler.Default);

        for (var isOver = false; !isOver;)
        {
            foreach (var line in (await server.ReadAsync()).Split('\n'))
            {
                var words = line.Split(' ');
                if (words[1] == "sub") Assert.True(wanted.Add(words[0]));
                if (words[1] == "stop") Assert.True(wanted.Remove(words[2]));
                most = Math.Max(most, wanted.Count);
                isOver |= words[1] == "end";
                server.Send($"{words[0]} =");
            }
        }

        await (await ending).WaitAsync(ConnectionFixture.Guard);
        foreach (var line in await fixture.SentAsync(server))
        {
            var words = line.Split(' ');
            Assert.True(words[1] == "stop" && wanted.Remove(words[2]), line);
        }

        Assert.Empty(wanted);
    }
}
