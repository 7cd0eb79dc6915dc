using System.Numerics;
using System.Text.Json;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Transformers;

/// <summary>What a model, and what a program without a model, get of superjson.</summary>
public sealed class SuperJsonReadTests
{
    [Fact]
    public void Tagged_values_are_what_the_model_takes_them_for()
    {
        var board = SuperJsonText.Read<BoardModel>(
            """
            {"json":{"at":"2024-02-29T12:34:56.789Z","big":"9007199254740993","exact":"12345678901234567890","ratio":"NaN","zero":"-0",
            "site":"http://example.invalid/p?q=%C3%A4","pattern":"/a\\/b/gi","rooms":["a","b"],"heat":[["kitchen",21.5],["bath",19]],
            "pairs":[[1,"one"],[2,"two"]],"bytes":[0,127,255],"gone":null,"nothing":null,"failure":{"name":"RangeError","message":"too hot"}},
            "meta":{"values":{"at":["Date"],"big":["bigint"],"exact":["bigint"],"ratio":["number"],"zero":["number"],"site":["URL"],"pattern":["regexp"],
            "rooms":["set"],"heat":["map"],"pairs":["map"],"bytes":[["typed-array","Uint8Array"]],"gone":["undefined"],"failure":["Error"]},"v":1}}
            """)!;

        Assert.Equal(new DateTimeOffset(2024, 2, 29, 12, 34, 56, 789, TimeSpan.Zero), board.At);
        Assert.Equal((9007199254740993L, "12345678901234567890"), (board.Big, board.Exact));
        Assert.True(double.IsNaN(board.Ratio) && double.IsNegative(board.Zero) && board.Zero == 0);
        Assert.Equal(("http://example.invalid/p?q=%C3%A4", "/a\\/b/gi"), (board.Site!.AbsoluteUri, board.Pattern));
        Assert.True(board.Rooms!.SetEquals(["a", "b"]));
        Assert.Equal(21.5, board.Heat!["kitchen"]);
        Assert.Equal([new(1, "one"), new(2, "two")], board.Pairs);
        Assert.Equal([0, 127, 255], board.Bytes);
        Assert.Equal(("default", null), (board.Gone, board.Nothing));
        Assert.Equal(("RangeError", "too hot"), (board.Failure!.Name, board.Failure.Message));
    }

    [Fact]
    public void Without_a_model_each_tag_is_a_value_of_its_own()
    {
        var graph = Assert.IsType<Dictionary<string, object?>>(SuperJsonText.Read<object>(
            """
            {"json":{"at":"1970-01-01T00:00:00.001Z","big":"-1","ratio":"Infinity","site":"ws://h/","pattern":"/x/i","rooms":["a"],
            "heat":[["1970-01-01T00:00:01.000Z",{"at":"1970-01-01T00:00:02.000Z"}]],"floats":[1.5,"NaN"],"gone":null,"nothing":null,
            "failure":{"name":"E","message":"m","cause":null,"code":7},"plain":[1,2.5,true,"t",{"x":1}]},
            "meta":{"values":{"at":["Date"],"big":["bigint"],"ratio":["number"],"site":["URL"],"pattern":["regexp"],"rooms":["set"],
            "heat":["map",{"0.0":["Date"],"0.1.at":["Date"]}],"floats":[["typed-array","Float64Array"],{"1":["number"]}],"gone":["undefined"],
            "failure":["Error",{"cause":["undefined"]}]}}}
            """));

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1), graph["at"]);
        Assert.Equal(BigInteger.MinusOne, graph["big"]);
        Assert.Equal(double.PositiveInfinity, graph["ratio"]);
        Assert.Equal(new Uri("ws://h/"), graph["site"]);
        Assert.Equal(new JsRegExp("x", "i"), graph["pattern"]);
        Assert.Equal(["a"], Assert.IsType<JsSet>(graph["rooms"]));
        var entry = Assert.Single(Assert.IsType<JsMap>(graph["heat"]));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1), entry.Key);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2), Assert.IsType<Dictionary<string, object?>>(entry.Value)["at"]);
        var floats = Assert.IsType<JsTypedArray>(graph["floats"]);
        Assert.Equal(("Float64Array", 1.5, double.NaN), (floats.Kind, floats.Items[0], floats.Items[1]));
        Assert.Same(JsUndefined.Value, graph["gone"]);
        Assert.Null(graph["nothing"]);
        var failure = Assert.IsType<JsError>(graph["failure"]);
        Assert.Equal(("E", "m", JsUndefined.Value, 7L), (failure.Name, failure.Message, failure.Cause, failure.Properties["code"]));
        var plain = Assert.IsType<List<object?>>(graph["plain"]);
        Assert.Equal([1L, 2.5, true, "t"], plain[..4]);
    }

    [Theory]
    [InlineData("""{"json":null,"meta":{"values":["undefined"],"v":1}}""")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("")]
    public void Undefined_comes_in_many_shapes(string envelope)
    {
        Assert.Same(JsUndefined.Value, SuperJsonText.Read<object>(envelope));
        Assert.Equal(JsonValueKind.Undefined, SuperJsonText.Read<JsonElement>(envelope).ValueKind);
        Assert.Null(SuperJsonText.Read<string>(envelope));
        Assert.Throws<JsonException>(() => SuperJsonText.Read<int>(envelope));
    }

    [Fact]
    public async Task Without_options_of_its_own_a_client_reads_big_and_odd_numbers()
    {
        await using var board = new Board(o => o.Transformer = TrpcTransformer.SuperJson);
        var server = await board.ReadyAsync();
        var (big, odd) = (board.Client.QueryAsync<Meter>("big"), board.Client.QueryAsync<double>("odd"));

        server.AnswerData(await server.ReadAsync(), """{"json":{"total":"123456789012345678901234567890"},"meta":{"values":{"total":["bigint"]}}}""");
        server.AnswerData(await server.ReadAsync(), """{"json":"-Infinity","meta":{"values":["number"]}}""");

        Assert.Equal(BigInteger.Parse("123456789012345678901234567890", System.Globalization.CultureInfo.InvariantCulture), (await big.WaitAsync(Board.Guard))!.Total);
        Assert.Equal(double.NegativeInfinity, await odd.WaitAsync(Board.Guard));
    }

    [Fact]
    public void Null_is_not_undefined()
    {
        Assert.Null(SuperJsonText.Read<object>("""{"json":null}"""));
        Assert.Equal(JsonValueKind.Null, SuperJsonText.Read<JsonElement>("""{"json":null}""").ValueKind);
    }

    [Theory]
    [InlineData("""["no-such-tag"]""")]
    [InlineData("""[["class","Celsius"]]""")]
    [InlineData("""[["symbol","s"]]""")]
    [InlineData("""[["custom","buffer"]]""")]
    [InlineData("""[["typed-array","BigInt64Array"]]""")]
    [InlineData("""[7]""")]
    [InlineData("""["Date"]""")]
    [InlineData("""["bigint"]""")]
    [InlineData("""["regexp"]""")]
    [InlineData("""["URL"]""")]
    [InlineData("""["number"]""")]
    [InlineData("""["set"]""")]
    [InlineData("""["map"]""")]
    [InlineData("""["Error"]""")]
    public void A_tag_that_is_not_known_or_does_not_fit_is_kept_and_its_value_too(string tag)
    {
        var envelope = $$$"""{"json":"odd","meta":{"values":{{{tag}}},"v":1}}""";

        var tagged = Assert.IsType<JsTagged>(SuperJsonText.Read<object>(envelope));

        Assert.Equal("odd", tagged.Value);
        Assert.Equal(JsonDocument.Parse(tag).RootElement[0].GetRawText(), tagged.Tag.GetRawText());
        Assert.Equal("odd", SuperJsonText.Read<string>(envelope));
    }

    [Theory]
    [InlineData("""{"json":{"x":1},"meta":{"values":{"gone":["Date"],"x.y":["Date"],"x.0":["set"]},"v":1}}""")]
    [InlineData("""{"json":{"x":1},"meta":{"values":7}}""")]
    [InlineData("""{"json":{"x":1},"meta":{"values":[]}}""")]
    [InlineData("""{"json":{"x":1},"meta":7}""")]
    [InlineData("""{"json":{"x":1},"meta":{"referentialEqualities":{"gone":["x.y"],"x":["gone.too"]}}}""")]
    [InlineData("""{"json":{"x":1},"meta":{"referentialEqualities":[7,{"x":7}]}}""")]
    public void A_path_to_nothing_is_ignored(string envelope) =>
        Assert.Equal(1, SuperJsonText.Read<Dictionary<string, int>>(envelope)!["x"]);

    [Theory]
    [InlineData("""{"json":{"x":1},"meta":{"values":{"a\\qb":["Date"]},"v":1}}""", "backslash")]
    [InlineData("""{"json":{"x":1},"meta":{"values":{"__proto__.x":["Date"]}}}""", "__proto__")]
    [InlineData("""{"json":{"x":1},"meta":{"referentialEqualities":{"x":["constructor"]},"v":1}}""", "constructor")]
    public void What_superjson_refuses_to_read_fails_with_words(string envelope, string words)
    {
        var error = Assert.Throws<JsonException>(() => SuperJsonText.Read<object>(envelope));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"json":{"a.b":"1","c\\d":"2","e\\.f":"3","":"4","g":{"h.i":["5"]},"ünï.☃":"6"},"meta":{"values":{"a\\.b":["bigint"],"c\\\\d":["bigint"],"e\\\\\\.f":["bigint"],"":["bigint"],"g.h\\.i.0":["bigint"],"ünï\\.☃":["bigint"]},"v":1}}""")]
    [InlineData("""{"json":{"a.b":"1","c\\d":"2","e\\.f":"3","":"4","g":{"h.i":["5"]},"ünï.☃":"6"},"meta":{"values":{"a.b":["bigint"],"c\\d":["bigint"],"e\\.f":["bigint"],"":["bigint"],"g.h.i.0":["bigint"],"ünï.☃":["bigint"]}}}""")]
    [InlineData("""{"json":{"a.b":"1","c\\d":"2","e\\.f":"3","":"4","g":{"h.i":["5"]},"ünï.☃":"6"},"meta":{"values":{"a\\.b":["bigint"],"c\\d":["bigint"],"e\\.f":["bigint"],"":["bigint"],"g.h\\.i.0":["bigint"],"ünï\\.☃":["bigint"]}}}""")]
    public void Paths_lead_to_odd_names_in_every_dialect(string envelope)
    {
        var graph = (Dictionary<string, object?>)SuperJsonText.Read<object>(envelope)!;

        Assert.Equal([1, 2, 3, 4, 6], graph.Values.OfType<BigInteger>());
        Assert.Equal(new BigInteger(5), ((List<object?>)((Dictionary<string, object?>)graph["g"]!)["h.i"]!)[0]);
    }

    [Fact]
    public void What_is_equal_by_reference_is_one_object()
    {
        var graph = (Dictionary<string, object?>)SuperJsonText.Read<object>(
            """{"json":{"first":{"room":"Küche"},"second":null,"list":[null],"map":[["k",null]]},"meta":{"values":{"map":["map"]},"referentialEqualities":{"first":["second","list.0","map.0.1"]},"v":1}}""")!;

        Assert.Same(graph["first"], graph["second"]);
        Assert.Same(graph["first"], ((List<object?>)graph["list"]!)[0]);
        Assert.Same(graph["first"], ((JsMap)graph["map"]!)[0].Value);
    }

    [Fact]
    public void A_cycle_is_read_as_one_without_a_model_and_ends_in_null_with_one()
    {
        const string Loop = """{"json":{"name":"loop","self":null},"meta":{"referentialEqualities":[["self"]],"v":1}}""";

        var graph = (Dictionary<string, object?>)SuperJsonText.Read<object>(Loop)!;

        Assert.Same(graph, graph["self"]);
        Assert.Equal("""{"name":"loop","self":null}""", SuperJsonText.Read<JsonElement>(Loop).GetRawText());
    }

    [Fact]
    public void The_pair_of_a_tracked_item_is_unwrapped_inside_the_envelope()
    {
        const string Item = """{"json":{"id":"1","data":{"i":1,"at":"1970-01-01T00:00:01.000Z"}},"meta":{"values":{"data.at":["Date"]},"v":1}}""";

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1), SuperJsonText.Read<Moment>(Item, isTracked: true)!.At);
        Assert.Equal(7, SuperJsonText.Read<int>("""{"json":{"id":"1","data":7}}""", isTracked: true));
        Assert.Same(JsUndefined.Value, SuperJsonText.Read<object>("""{"json":{"id":"1","data":null},"meta":{"values":{"data":["undefined"]}}}""", isTracked: true));
    }

    [Fact]
    public async Task Errors_are_taken_out_of_their_envelope()
    {
        await using var board = new Board(o => o.Transformer = TrpcTransformer.SuperJson);
        var server = await board.ReadyAsync();
        var call = board.Client.QueryAsync<int>("a");
        await server.ReadAsync();

        server.Send("""{"id":1,"error":{"json":{"message":"no","code":-32004,"data":{"code":"NOT_FOUND","httpStatus":404,"since":"1970-01-01T00:00:01.000Z","set":[1]}},"meta":{"values":{"data.since":["Date"],"data.set":["set"]}}}}""");

        var error = await Assert.ThrowsAsync<TrpcException>(() => call.WaitAsync(Board.Guard));
        Assert.Equal(("NOT_FOUND", 404, "no"), (error.Key, error.HttpStatus, error.ServerMessage));
        Assert.Equal(1, error.Details.GetProperty("set")[0].GetInt32());
    }

    internal sealed record Moment(int I, DateTimeOffset At);

    internal sealed record Meter(BigInteger Total);

    internal sealed record Failure(string Name, string Message);

    internal sealed class BoardModel
    {
        public DateTimeOffset At { get; set; }

        public long Big { get; set; }

        public string? Exact { get; set; }

        public double Ratio { get; set; }

        public double Zero { get; set; }

        public Uri? Site { get; set; }

        public string? Pattern { get; set; }

        public HashSet<string>? Rooms { get; set; }

        public Dictionary<string, double>? Heat { get; set; }

        public List<KeyValuePair<int, string>>? Pairs { get; set; }

        public byte[]? Bytes { get; set; }

        public string Gone { get; set; } = "default";

        public string? Nothing { get; set; } = "default";

        public Failure? Failure { get; set; }
    }
}
