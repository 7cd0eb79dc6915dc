using System.Text.Json.Nodes;

namespace HassSocket.Testing.Trpc;

/// <summary>One request under way, and all that may be said about it.</summary>
internal sealed class TrpcRun(TrpcConnection connection, TrpcRequest request, FakeTrpcCall call, CancellationTokenSource? stop)
{
    private const string EmptyId = "`id` must not be an empty string as empty string is the same as not setting the id at all";

    private bool _isStopped;

    public FakeTrpcCall Call => call;

    private TrpcMessages Messages => connection.Office.Messages;

    public void Answer(JsonNode? value) => Say(() =>
    {
        if (!connection.Office.Silent.Contains(call.Path)) connection.Send(Messages.Data(request, value));
    });

    public void Fail(Exception failure) => Say(() =>
    {
        if (!connection.Office.Silent.Contains(call.Path)) connection.Send(Messages.Error(request, failure));
    });

    public void Start() => Say(() =>
    {
        if (!_isStopped) connection.Send(Messages.Word(request, "started"));
    });

    public void Item(object? item)
    {
        if (item is FakeTrackedItem { Id.Length: 0 }) throw new FakeTrpcErrorException(ErrorTable.Internal, EmptyId);
        Say(() =>
        {
            if (_isStopped) return;
            connection.Send(item is FakeTrackedItem tracked ? Messages.Tracked(request, tracked) : Messages.Data(request, (JsonNode?)item));
        });
    }

    /// <summary>Tells the client that the subscription is over, and frees its id.</summary>
    public void End() => Say(() =>
    {
        connection.Forget(request);
        connection.Send(Messages.Word(request, "stopped"));
    });

    /// <summary>Frees the id of a subscription that never began.</summary>
    public void Forget() => Say(() => connection.Forget(request));

    /// <summary>Stops a subscription: nothing more is sent but its end, which comes when its procedure has ended.</summary>
    public void Stop()
    {
        _isStopped = true;
        if (stop is not null) connection.Office.Ticks.Afterwards(stop.Cancel);
    }

    private void Say(Action work) => connection.Office.Ticks.Run(work);
}
