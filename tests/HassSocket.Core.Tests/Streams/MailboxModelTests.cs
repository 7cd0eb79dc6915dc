using System.Runtime.CompilerServices;
using System.Text;
using HassSocket.Core.Tests.Support;
using HassSocket.Streams;
using Xunit;

namespace HassSocket.Core.Tests.Streams;

public sealed class MailboxModelTests
{
    public static TheoryData<OverflowPolicy, int, int, int> Walks
    {
        get
        {
            var walks = new TheoryData<OverflowPolicy, int, int, int>();
            foreach (var policy in Enum.GetValues<OverflowPolicy>())
            {
                foreach (var (capacity, keys) in new[] { (1, 3), (3, 3), (7, 40), (64, 100_000) })
                {
                    for (var seed = 1; seed <= 4; seed++) walks.Add(policy, capacity, keys, seed);
                }
            }

            return walks;
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void A_random_walk_does_what_a_simple_list_does(OverflowPolicy policy, int capacity, int keys, int seed)
    {
        var random = new Random(seed);
        var options = new StreamOptions
        {
            Policy = policy,
            Capacity = capacity,
            LatestKey = policy == OverflowPolicy.Latest ? "key" : null,
            MaxMailboxBytes = policy == OverflowPolicy.Lossless ? 8L * capacity : 1,
        };
        var box = new Mailbox(options, new TextSource("box"));
        var model = new Model(options);
        for (var step = 0; step < 5_000; step++)
        {
            switch (random.Next(20))
            {
                case < 11:
                    var text = $"{random.Next(keys)}={step}";
                    Assert.Equal(model.Post(text), box.Post(MailboxTests.Item(text)));
                    break;
                case < 17:
                    Assert.Equal(model.Take(), box.TryTake(out var item) ? Encoding.UTF8.GetString(item!.Bytes.Span) : null);
                    break;
                case 17:
                    Assert.Equal(model.Hold(), box.Hold());
                    break;
                default:
                    model.IsHeld = false;
                    box.Release();
                    break;
            }

            Assert.Equal(model.Items.Count, box.Depth);
            if (!model.HasFailed) continue;
            model = new Model(options);
            box = new Mailbox(options, new TextSource("box"));
        }
    }

    [Fact]
    public void Ever_new_keys_do_not_pile_up()
    {
        var keys = new List<WeakReference>();
        var box = FloodWithNewKeys(keys);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.InRange(keys.Count(key => key.IsAlive), 0, 3 * 8);
        GC.KeepAlive(box);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Mailbox FloodWithNewKeys(List<WeakReference> keys)
    {
        var options = new StreamOptions { Policy = OverflowPolicy.Latest, LatestKey = "key", Capacity = 8 };
        var source = new TextSource("box")
        {
            KeyOf = text =>
            {
                keys.Add(new WeakReference(text));
                return text;
            },
        };
        var box = new Mailbox(options, source);
        for (var i = 0; i < 20_000; i++)
        {
            box.Post(MailboxTests.Item($"key {i}"));
            if (i % 3 == 0) box.TryTake(out _);
        }

        return box;
    }

    /// <summary>What a mailbox must do, in the plainest words.</summary>
    private sealed class Model(StreamOptions options)
    {
        public List<string> Items { get; } = [];

        public bool IsHeld { get; set; }

        public bool HasFailed { get; private set; }

        public PostOutcome Post(string text)
        {
            if (options.Policy == OverflowPolicy.Latest && Items.FindIndex(item => KeyOf(item) == KeyOf(text)) is >= 0 and var same)
            {
                Items[same] = text;
                return PostOutcome.Replaced;
            }

            var isFull = options.Policy == OverflowPolicy.Lossless
                ? Items.Sum(item => item.Length) + text.Length > options.MaxMailboxBytes
                : Items.Count == options.Capacity;
            if (isFull && options.Policy is (OverflowPolicy.Fail or OverflowPolicy.Lossless))
            {
                HasFailed = true;
                return PostOutcome.Failed;
            }

            if (isFull && options.Policy == OverflowPolicy.DropNewest) return PostOutcome.Dropped;
            if (isFull) Items.RemoveAt(0);
            Items.Add(text);
            return isFull ? PostOutcome.Dropped : PostOutcome.Taken;
        }

        public string? Take()
        {
            if (IsHeld || Items.Count == 0) return null;
            var first = Items[0];
            Items.RemoveAt(0);
            return first;
        }

        public int Hold()
        {
            IsHeld = true;
            if (options.Policy != OverflowPolicy.Latest) return 0;
            var discarded = Items.Count;
            Items.Clear();
            return discarded;
        }

        private static string KeyOf(string text) => text.Split('=')[0];
    }
}
