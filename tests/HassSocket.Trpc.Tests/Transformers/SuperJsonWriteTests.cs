using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Transformers;

/// <summary>What superjson at the server gets of .NET's values.</summary>
public sealed class SuperJsonWriteTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, """{"json":null}""" },
        { "text ✓", """{"json":"text ✓"}""" },
        { 7, """{"json":7}""" },
        { 1.5, """{"json":1.5}""" },
        { true, """{"json":true}""" },
        { JsUndefined.Value, """{"json":null,"meta":{"values":["undefined"],"v":1}}""" },
        { default(JsonElement), """{"json":null,"meta":{"values":["undefined"],"v":1}}""" },
        { DateTimeOffset.UnixEpoch, """{"json":"1970-01-01T00:00:00.000Z","meta":{"values":["Date"],"v":1}}""" },
        { new DateTimeOffset(2024, 2, 29, 13, 34, 56, 789, TimeSpan.FromHours(1)), """{"json":"2024-02-29T12:34:56.789Z","meta":{"values":["Date"],"v":1}}""" },
        { new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), """{"json":"1970-01-01T00:00:00.000Z","meta":{"values":["Date"],"v":1}}""" },
        { BigInteger.Parse("-9007199254740993", CultureInfo.InvariantCulture), """{"json":"-9007199254740993","meta":{"values":["bigint"],"v":1}}""" },
        { Int128.MaxValue, """{"json":"170141183460469231731687303715884105727","meta":{"values":["bigint"],"v":1}}""" },
        { double.NaN, """{"json":"NaN","meta":{"values":["number"],"v":1}}""" },
        { float.PositiveInfinity, """{"json":"Infinity","meta":{"values":["number"],"v":1}}""" },
        { double.NegativeInfinity, """{"json":"-Infinity","meta":{"values":["number"],"v":1}}""" },
        { -0d, """{"json":"-0","meta":{"values":["number"],"v":1}}""" },
        { new Uri("ws://h/"), """{"json":"ws://h/","meta":{"values":["URL"],"v":1}}""" },
        { new JsRegExp("x\\/y", "g"), """{"json":"/x\\/y/g","meta":{"values":["regexp"],"v":1}}""" },
        { new Regex("^a", RegexOptions.IgnoreCase | RegexOptions.Multiline), """{"json":"/^a/im","meta":{"values":["regexp"],"v":1}}""" },
        { new byte[] { 0, 127, 255 }, """{"json":[0,127,255],"meta":{"values":[["typed-array","Uint8Array"]],"v":1}}""" },
        { new JsTypedArray("Float64Array", [1.5, double.NaN]), """{"json":[1.5,"NaN"],"meta":{"values":[["typed-array","Float64Array"],{"1":["number"]}],"v":1}}""" },
        { new HashSet<string> { "x", "y" }, """{"json":["x","y"],"meta":{"values":["set"],"v":1}}""" },
        { new JsSet(["x", JsUndefined.Value]), """{"json":["x",null],"meta":{"values":["set",{"1":["undefined"]}],"v":1}}""" },
        { new Dictionary<string, int> { ["a"] = 1 }, """{"json":{"a":1}}""" },
        { new Dictionary<int, string> { [1] = "one" }, """{"json":[[1,"one"]],"meta":{"values":["map"],"v":1}}""" },
        { new List<KeyValuePair<string, BigInteger>> { new("a", 1) }, """{"json":[["a","1"]],"meta":{"values":["map",{"0.1":["bigint"]}],"v":1}}""" },
        { new JsMap([new("a", new HashSet<BigInteger> { 1 })]), """{"json":[["a",["1"]]],"meta":{"values":["map",{"0.1":["set",{"0":["bigint"]}]}],"v":1}}""" },
        { new JsError("RangeError", "too hot"), """{"json":{"name":"RangeError","message":"too hot"},"meta":{"values":["Error"],"v":1}}""" },
        { new JsError("E", "m") { Cause = DateTimeOffset.UnixEpoch }, """{"json":{"name":"E","message":"m","cause":"1970-01-01T00:00:00.000Z"},"meta":{"values":["Error",{"cause":["Date"]}],"v":1}}""" },
        { new InvalidOperationException("m"), """{"json":{"name":"InvalidOperationException","message":"m"},"meta":{"values":["Error"],"v":1}}""" },
        { new { at = DateTimeOffset.UnixEpoch, id = Guid.Empty, day = DayOfWeek.Friday }, """{"json":{"at":"1970-01-01T00:00:00.000Z","id":"00000000-0000-0000-0000-000000000000","day":5},"meta":{"values":{"at":["Date"]},"v":1}}""" },
        { new { deep = new[] { new { when = DateTimeOffset.UnixEpoch } } }, """{"json":{"deep":[{"when":"1970-01-01T00:00:00.000Z"}]},"meta":{"values":{"deep.0.when":["Date"]},"v":1}}""" },
        { new List<object?> { JsUndefined.Value, null, new List<object?> { new BigInteger(10) } }, """{"json":[null,null,["10"]],"meta":{"values":{"0":["undefined"],"2.0":["bigint"]},"v":1}}""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_value_has_its_tag(object? value, string envelope) => Assert.Equal(envelope, SuperJsonText.Write(value));

    [Fact]
    public void Models_are_written_as_the_serializer_would_name_them_and_leave_out_what_it_leaves_out()
    {
        var value = new Model { When = DateTimeOffset.UnixEpoch, Hidden = 1, Renamed = "r", Absent = null, Inner = new Model { Ratio = double.NaN } };

        Assert.Equal(
            """{"json":{"when":"1970-01-01T00:00:00.000Z","other-name":"r","inner":{"when":null,"other-name":null,"inner":null,"ratio":"NaN"},"ratio":0},"meta":{"values":{"when":["Date"],"inner.ratio":["number"]},"v":1}}""",
            SuperJsonText.Write(value));
    }

    [Theory]
    [InlineData("a.b", """{"values":{"a\\.b":["bigint"]},"v":1}""")]
    [InlineData("", """{"values":{"":["bigint"]},"v":1}""")]
    [InlineData("c\\d", """{"values":{"c\\d":["bigint"]}}""")]
    [InlineData("e\\.f", """{"values":{"e\\\\.f":["bigint"]}}""")]
    [InlineData("g\\", """{"values":{"g\\":["bigint"]}}""")]
    public void A_path_is_written_so_that_old_and_new_servers_read_it_alike(string name, string meta)
    {
        var envelope = SuperJsonText.Write(new Dictionary<string, object?> { [name] = BigInteger.One });

        Assert.Equal(meta, JsonDocument.Parse(envelope).RootElement.GetProperty("meta").GetRawText());
        Assert.Equal(BigInteger.One, ((Dictionary<string, object?>)SuperJsonText.Read<object>(envelope)!)[name]);
    }

    [Fact]
    public void A_name_that_ends_in_a_backslash_above_others_needs_the_new_dialect()
    {
        var envelope = SuperJsonText.Write(new Dictionary<string, object?> { ["c\\"] = new Dictionary<string, object?> { ["d"] = JsUndefined.Value } });

        Assert.Equal("""{"json":{"c\\":{"d":null}},"meta":{"values":{"c\\\\.d":["undefined"]},"v":1}}""", envelope);
    }

    [Fact]
    public void One_object_in_several_places_is_told_to_be_one()
    {
        var room = new Dictionary<string, object?> { ["room"] = "Küche" };
        var value = new Dictionary<string, object?> { ["deep"] = new List<object?> { room }, ["first"] = room, ["second"] = room };

        Assert.Equal(
            """{"json":{"deep":[{"room":"Küche"}],"first":{"room":"Küche"},"second":{"room":"Küche"}},"meta":{"referentialEqualities":{"first":["second","deep.0"]},"v":1}}""",
            SuperJsonText.Write(value));
    }

    [Fact]
    public void A_cycle_is_null_and_told_by_its_path()
    {
        var loop = new Dictionary<string, object?> { ["name"] = "loop" };
        loop["self"] = loop;
        loop["list"] = new List<object?> { loop };

        Assert.Equal(
            """{"json":{"name":"loop","self":null,"list":[null]},"meta":{"referentialEqualities":[["self","list.0"]],"v":1}}""",
            SuperJsonText.Write(loop));
    }

    [Fact]
    public void What_the_server_has_registered_may_be_sent()
    {
        var classes = new[] { SuperJsonClass.Class("Celsius", SuperJsonText.InfoOf<Celsius>()), SuperJsonClass.Symbol("s") };

        Assert.Equal("""{"json":{"degrees":21},"meta":{"values":[["class","Celsius"]],"v":1}}""", SuperJsonText.Write(new Celsius(21), classes));
        Assert.Equal("""{"json":"s","meta":{"values":[["symbol","s"]],"v":1}}""", SuperJsonText.Write(new JsTagged(Tag("""["symbol","s"]"""), "s"), classes));
    }

    public static TheoryData<object, string> Unreadable => new()
    {
        { new JsTagged(Tag("\"no-such-tag\""), "x"), "not registered" },
        { new JsTagged(Tag("""["class","Unknown"]"""), "x"), "not registered" },
        { new Dictionary<string, object?> { ["__proto__"] = 1 }, "'__proto__'" },
        { new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { ["constructor"] = 1 } }, "at a" },
        { Tag("""{"x":[{"prototype":1}]}"""), "'prototype'" },
        { new Uri("/relative", UriKind.Relative), "absolute" },
        { new JsTypedArray("BigInt64Array", [1]), "typed array" },
        { Nested(300), "nested deeper" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_a_server_could_not_read_is_refused_before_it_is_sent(object value, string words)
    {
        await using var board = new Board(o => o.Transformer = TrpcTransformer.SuperJson);
        var server = await board.ReadyAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => board.Client.QueryAsync<int>("greet.echo", value));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        await board.FenceAsync(server);
    }

    [Fact]
    public async Task No_input_is_undefined_in_an_envelope()
    {
        await using var board = new Board(o => o.Transformer = TrpcTransformer.SuperJson);
        var server = await board.ReadyAsync();

        _ = board.Client.QueryAsync(new TrpcRequest("user.who"));
        using var consumer = board.Client.Subscribe(new TrpcRequest("sub.never").WithInput(null!, Models.Default.Name)).Subscribe(new Inbox<JsonElement>());

        Assert.Equal("""{"id":1,"method":"query","params":{"path":"user.who","input":{"json":null,"meta":{"values":["undefined"],"v":1}}}}""", await server.ReadAsync());
        Assert.Equal("""{"id":2,"method":"subscription","params":{"path":"sub.never","input":{"json":null}}}""", await server.ReadAsync());
    }

    [Theory]
    [InlineData("""{"json":{"deep":[{"when":"1970-01-01T00:00:00.001Z","tags":[[["k",null]]]}]},"meta":{"values":{"deep.0.when":["Date"],"deep.0.tags":["set",{"0":["map",{"0.1":["undefined"]}]}]},"v":1}}""")]
    [InlineData("""{"json":[[1,"one"],["1970-01-01T00:00:01.000Z",{"at":"1970-01-01T00:00:02.000Z"}]],"meta":{"values":["map",{"1.0":["Date"],"1.1.at":["Date"]}],"v":1}}""")]
    [InlineData("""{"json":["NaN","Infinity","-Infinity","-0",0.1,1e+21,9007199254740991],"meta":{"values":{"0":["number"],"1":["number"],"2":["number"],"3":["number"]},"v":1}}""")]
    [InlineData("""{"json":{"name":"loop","self":null},"meta":{"referentialEqualities":[["self"]],"v":1}}""")]
    [InlineData("""{"json":{"a":{"x":{}},"b":{"x":{}},"c":{}},"meta":{"referentialEqualities":{"a":["b"],"c":["a.x"]},"v":1}}""")]
    public void What_was_read_without_a_model_can_be_sent_as_it_came(string envelope)
    {
        var again = SuperJsonText.Write(SuperJsonText.Read<object>(envelope));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(envelope), JsonNode.Parse(again)), again);
    }

    [Fact]
    public void Half_a_character_goes_back_as_it_came() =>
        Assert.Equal("{\"json\":[\"half \\ud800\",1]}", SuperJsonText.Write(SuperJsonText.Read<object>("{\"json\":[\"half \\ud800\",1]}")));

    private static JsonElement Tag(string json) => JsonDocument.Parse(json).RootElement;

    private static List<object?> Nested(int depth)
    {
        var outermost = new List<object?>();
        var innermost = outermost;
        for (var i = 0; i < depth; i++)
        {
            var next = new List<object?>();
            innermost.Add(next);
            innermost = next;
        }

        return outermost;
    }

    internal sealed record Celsius(int Degrees);

    internal sealed class Model
    {
        public DateTimeOffset? When { get; set; }

        [System.Text.Json.Serialization.JsonIgnore]
        public int Hidden { get; set; }

        [System.Text.Json.Serialization.JsonPropertyName("other-name")]
        public string? Renamed { get; set; }

        [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        public string? Absent { get; set; }

        public Model? Inner { get; set; }

        public double Ratio { get; set; }
    }
}
