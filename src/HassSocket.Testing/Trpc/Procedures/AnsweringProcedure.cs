using System.Text.Json.Nodes;

namespace HassSocket.Testing.Trpc;

/// <summary>A query or a mutation.</summary>
internal sealed class AnsweringProcedure : Procedure
{
    private readonly Func<FakeTrpcCall, Task<JsonNode?>> _answer;

    public AnsweringProcedure(string method, string path, Func<FakeTrpcCall, Task<JsonNode?>> answer)
        : base(method, path)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _answer = answer;
    }

    public override async Task RunAsync(TrpcRun run)
    {
        try
        {
            run.Answer(await _answer(run.Call).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            run.Fail(failure);
        }
    }
}
