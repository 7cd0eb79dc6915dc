using HassSocket.Trpc.Tests.Support;
using Xunit;

namespace HassSocket.Trpc.Tests.Dialect;

public sealed class ErrorTests
{
    public static TheoryData<string, int, int> Table => new()
    {
        { "PARSE_ERROR", -32700, 400 },
        { "BAD_REQUEST", -32600, 400 },
        { "INTERNAL_SERVER_ERROR", -32603, 500 },
        { "NOT_IMPLEMENTED", -32603, 501 },
        { "BAD_GATEWAY", -32603, 502 },
        { "SERVICE_UNAVAILABLE", -32603, 503 },
        { "GATEWAY_TIMEOUT", -32603, 504 },
        { "UNAUTHORIZED", -32001, 401 },
        { "PAYMENT_REQUIRED", -32002, 402 },
        { "FORBIDDEN", -32003, 403 },
        { "NOT_FOUND", -32004, 404 },
        { "METHOD_NOT_SUPPORTED", -32005, 405 },
        { "TIMEOUT", -32008, 408 },
        { "CONFLICT", -32009, 409 },
        { "PRECONDITION_FAILED", -32012, 412 },
        { "PAYLOAD_TOO_LARGE", -32013, 413 },
        { "UNSUPPORTED_MEDIA_TYPE", -32015, 415 },
        { "UNPROCESSABLE_CONTENT", -32022, 422 },
        { "PRECONDITION_REQUIRED", -32028, 428 },
        { "TOO_MANY_REQUESTS", -32029, 429 },
        { "CLIENT_CLOSED_REQUEST", -32099, 499 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Every_kind_of_error_is_told_by_key_number_and_status(string key, int code, int status)
    {
        var error = await FailAsync($$$"""{"message":"no","code":{{{code}}},"data":{"code":"{{{key}}}","httpStatus":{{{status}}},"path":"a.b"}}""");

        Assert.Equal((key, code, status, "a.b", "no"), (error.Key, error.NumericCode, error.HttpStatus, error.Path, error.ServerMessage));
        Assert.Equal(key, error.Code);
        Assert.Equal($"'a.b' failed ({key}): no", error.Message);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_number_alone_gives_the_key_unless_several_share_it(string key, int code, int status)
    {
        var error = await FailAsync($$"""{"message":"no","code":{{code}}}""");

        Assert.Equal(status is >= 501 and <= 504 ? "INTERNAL_SERVER_ERROR" : key, error.Key);
        Assert.Null(error.HttpStatus);
    }

    [Fact]
    public async Task A_key_of_the_servers_own_has_no_number()
    {
        var error = await FailAsync("""{"message":"no","data":{"code":"OUT_OF_COFFEE","httpStatus":500}}""");

        Assert.Equal(("OUT_OF_COFFEE", null, 500, "greet.hello"), (error.Key, error.NumericCode, error.HttpStatus, error.Path));
    }

    [Fact]
    public async Task What_the_server_adds_is_kept()
    {
        var error = await FailAsync("""{"message":"bad","code":-32600,"data":{"code":"BAD_REQUEST","zodError":{"fieldErrors":{"name":["too short"]}}}}""");

        Assert.Equal("too short", error.Details.GetProperty("zodError").GetProperty("fieldErrors").GetProperty("name")[0].GetString());
    }

    [Theory]
    [InlineData("\"just text\"", "just text")]
    [InlineData("{}", "")]
    [InlineData("7", "7")]
    [InlineData("""{"message":{"a":1},"data":[]}""", "")]
    [InlineData("{\"message\":\"half \\ud83d\"}", "half \\ud83d")]
    public async Task An_error_of_any_shape_fails_its_call_and_nothing_else(string shape, string message)
    {
        var error = await FailAsync(shape);

        Assert.Equal(("", message), (error.Key, error.ServerMessage));
    }

    private static async Task<TrpcException> FailAsync(string error)
    {
        await using var board = new Board();
        var server = await board.ReadyAsync();
        var call = board.Client.QueryAsync<int>("greet.hello");
        await server.ReadAsync();
        server.Send($$"""{"id":1,"error":{{error}}}""");
        var failure = await Assert.ThrowsAsync<TrpcException>(() => call.WaitAsync(Board.Guard));
        await board.FenceAsync(server);
        return failure;
    }
}
