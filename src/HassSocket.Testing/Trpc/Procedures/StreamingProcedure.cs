namespace HassSocket.Testing.Trpc;

/// <summary>A subscription: agreed to when its items can be asked for, then item by item to the end.</summary>
internal sealed class StreamingProcedure<T> : Procedure
{
    private readonly Func<FakeTrpcCall, IAsyncEnumerable<T>> _items;

    public StreamingProcedure(string path, Func<FakeTrpcCall, IAsyncEnumerable<T>> items)
        : base("subscription", path)
    {
        ArgumentNullException.ThrowIfNull(items);
        _items = items;
    }

    public override async Task RunAsync(TrpcRun run)
    {
        IAsyncEnumerable<T> items;
        try
        {
            items = _items(run.Call) ?? throw new FakeTrpcErrorException(
                ErrorTable.Internal, $"Subscription {Path} did not return an observable or a AsyncGenerator");
        }
        catch (Exception failure)
        {
            run.Fail(failure);
            run.Forget();
            return;
        }

        run.Start();
        await StreamAsync(run, items).ConfigureAwait(false);
    }

    private static async Task StreamAsync(TrpcRun run, IAsyncEnumerable<T> items)
    {
        try
        {
            await foreach (var item in items.WithCancellation(run.Call.Stopped).ConfigureAwait(false)) run.Item(item);
        }
        catch (OperationCanceledException) when (run.Call.Stopped.IsCancellationRequested)
        {
            // The client does not want it any more.
        }
        catch (Exception failure)
        {
            run.Fail(failure);
        }

        run.End();
    }
}
