using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Xunit;

namespace HassSocket.Trpc.Tests.Peers;

/// <summary>superjson of ours and the real one, 1.13.3 and 2.2.6, read what the other writes.</summary>
public sealed class SuperJsonPeerTests(TrpcPeer peer) : IClassFixture<TrpcPeer>
{
    private const string ErrorWithCause = "Object.assign(new Error('m', {cause: new Date(1)}), {name: 'E', code: 7n})";

    private static readonly Dictionary<string, object?> Room = new() { ["room"] = "Küche" };

    // A value of ours, and the same as JavaScript writes it.
    private static readonly (string Script, object? Value)[] Values =
    [
        ("null", null),
        ("undefined", JsUndefined.Value),
        ("'text ✓ \\u2028'", "text ✓ \u2028"),
        ("[1, -2.5, 1e21, true, false]", new object?[] { 1, -2.5, 1e21, true, false }),
        ("new Date('2024-02-29T12:34:56.789Z')", new DateTimeOffset(2024, 2, 29, 13, 34, 56, 789, TimeSpan.FromHours(1))),
        ("-12345678901234567890n", BigInteger.Parse("-12345678901234567890", CultureInfo.InvariantCulture)),
        ("[NaN, Infinity, -Infinity, -0]", new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0d }),
        ("/a\\/b\"c/gi", new JsRegExp("a\\/b\"c", "gi")),
        ("new URL('http://example.invalid/p?q=%C3%A4')", new Uri("http://example.invalid/p?q=%C3%A4")),
        ("new Set(['a', undefined, new Set([5n])])", new JsSet(["a", JsUndefined.Value, new HashSet<BigInteger> { 5 }])),
        ("new Map([[1, 'one'], [new Date(1), {at: new Date(2)}]])", new JsMap([new(1, "one"), new(At(1), new { at = At(2) })])),
        ("Object.assign(new RangeError('too hot'), {code: 7})", new JsError("RangeError", "too hot") { Properties = new Dictionary<string, object?> { ["code"] = 7 } }),
        (ErrorWithCause, new JsError("E", "m") { Cause = At(1), Properties = new Dictionary<string, object?> { ["code"] = new BigInteger(7) } }),
        ("new Uint8Array([0, 127, 255])", new byte[] { 0, 127, 255 }),
        ("new Float64Array([1.5, NaN])", new JsTypedArray("Float64Array", [1.5, double.NaN])),
        ("[new Int8Array([-1]), new Uint8ClampedArray([1]), new Int16Array([-2]), new Uint16Array([2]), new Int32Array([-3]), new Uint32Array([3]), new Float32Array([0.5])]",
            new[] { Array("Int8", -1), Array("Uint8Clamped", 1), Array("Int16", -2), Array("Uint16", 2), Array("Int32", -3), Array("Uint32", 3), Array("Float32", 0.5) }),
        ("new Celsius(21)", new JsTagged(Tag("""["class","Celsius"]"""), new Dictionary<string, object?> { ["degrees"] = 21 })),
        ("new Kelvin(294)", new JsTagged(Tag("""["custom","Kelvin"]"""), 294)),
        ("mark", new JsTagged(Tag("""["symbol","mark"]"""), "mark")),
        ("{'': 1n, 'a.b': 2n, 'c\\\\d': {'e.f': 3n}, 'g\\\\.h': 4n}", new Dictionary<string, object?>
        {
            [""] = BigInteger.One,
            ["a.b"] = new BigInteger(2),
            ["c\\d"] = new Dictionary<string, object?> { ["e.f"] = new BigInteger(3) },
            ["g\\.h"] = new BigInteger(4),
        }),
        ("(() => { const a = {room: 'Küche'}; return {deep: [a], first: a, second: a}; })()",
            new Dictionary<string, object?> { ["deep"] = new List<object?> { Room }, ["first"] = Room, ["second"] = Room }),
        ("(() => { const a = {room: 'Küche'}; return [a, a]; })()", new List<object?> { Room, Room }),
        ("(() => { const a = {name: 'loop'}; a.self = a; a.list = [a]; return a; })()", Loop()),
    ];

    public static TheoryData<string, string> All
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var version in new[] { TrpcPeer.Newest, TrpcPeer.Homarrs, TrpcPeer.Old })
            {
                foreach (var (script, _) in Values)
                {
                    // The old superjson loses causes.
                    if (version != TrpcPeer.Old || script != ErrorWithCause) rows.Add(version, script);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_value_that_we_write_is_what_JavaScript_means_by_it(string version, string script)
    {
        await using var server = await peer.StartAsync(version, superjson: true);
        await using var client = await server.ConnectAsync(Register);

        var seen = await SeeAsync(client, Values.Single(one => one.Script == script).Value);

        Assert.Equal(await MeantAsync(script), seen);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_value_that_JavaScript_writes_goes_back_as_it_came(string version, string script)
    {
        await using var server = await peer.StartAsync(version, superjson: true);
        await using var client = await server.ConnectAsync(Register);

        var value = await client.QueryAsync<object>("evaluate", script);

        Assert.Equal(await MeantAsync(script), await SeeAsync(client, value));
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Versions), MemberType = typeof(TrpcPeer))]
    public async Task One_object_in_several_places_is_one_here_too(string version)
    {
        await using var server = await peer.StartAsync(version, superjson: true);
        await using var client = await server.ConnectAsync();

        var twice = (Dictionary<string, object?>)(await client.QueryAsync<object>("evaluate", "(() => { const a = {x: 1}; return {a, b: [a]}; })()"))!;
        var loop = (Dictionary<string, object?>)(await client.QueryAsync<object>("evaluate", "(() => { const a = {x: 1}; a.self = a; return a; })()"))!;

        Assert.Same(twice["a"], ((List<object?>)twice["b"]!)[0]);
        Assert.Same(loop, loop["self"]);
    }

    [Theory]
    [MemberData(nameof(TrpcPeer.Versions), MemberType = typeof(TrpcPeer))]
    public async Task Models_read_what_the_tags_stand_for(string version)
    {
        await using var server = await peer.StartAsync(version, superjson: true);
        await using var client = await server.ConnectAsync();

        var meter = await client.QueryAsync<Meter>(
            "evaluate", "{at: new Date(1000), total: 9007199254740993n, ratio: -Infinity, rooms: new Set(['hall']), heat: new Map([['bath', 21.5]]), note: undefined}");

        Assert.Equal((At(1000), BigInteger.Parse("9007199254740993", CultureInfo.InvariantCulture), double.NegativeInfinity), (meter!.At, meter.Total, meter.Ratio));
        Assert.Equal(("hall", 21.5, "default"), (meter.Rooms.Single(), meter.Heat["bath"], meter.Note));
    }

    private static void Register(TrpcClientOptions options)
    {
        var info = (JsonTypeInfo<Registered>)JsonSerializerOptions.Web.GetTypeInfo(typeof(Registered));
        options.Transformer = new SuperJsonTransformer([SuperJsonClass.Class("Celsius", info), SuperJsonClass.Custom("Kelvin", info), SuperJsonClass.Symbol("mark")]);
    }

    private static async Task<string> SeeAsync(TrpcClient client, object? value)
    {
        var request = new TrpcRequest("see").WithInput(value, (JsonTypeInfo<object?>)SeenAs.GetTypeInfo(typeof(object)));
        return TextOf(await client.MutateAsync(request));
    }

    private async Task<string> MeantAsync(string script) => TextOf(await peer.AskAsync("see", new { expression = script }));

    private static string TextOf(JsonElement seen) => $"{seen.GetProperty("text").GetString()}\n{seen.GetProperty("same").GetRawText()}";

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static JsTypedArray Array(string kind, double item) => new($"{kind}Array", [item]);

    private static JsonElement Tag(string json) => JsonElement.Parse(json);

    private static Dictionary<string, object?> Loop()
    {
        var loop = new Dictionary<string, object?> { ["name"] = "loop" };
        loop["self"] = loop;
        loop["list"] = new List<object?> { loop };
        return loop;
    }

    private static readonly JsonSerializerOptions SeenAs = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    internal sealed record Registered(int Degrees);

    internal sealed record Meter
    {
        public required DateTimeOffset At { get; init; }

        public required BigInteger Total { get; init; }

        public required double Ratio { get; init; }

        public required HashSet<string> Rooms { get; init; }

        public required Dictionary<string, double> Heat { get; init; }

        public string Note { get; init; } = "default";
    }
}
