using HassSocket.Testing.Simulator;

namespace HassSocket.Testing.Trpc;

/// <summary>What comes before the first request is answered: the params where they were announced, then the server's word about the client. Requests wait for it.</summary>
internal sealed class Admission(TrpcConnection connection, Action<TrpcRequest> handle)
{
    private readonly List<TrpcRequest> _waiting = [];
    private bool _wantsParams = connection.Dial.TellsParams;
    private bool _isDecided;

    private TrpcOffice Office => connection.Office;

    public void Begin()
    {
        if (!_wantsParams) Decide(null);
    }

    public void Take(ServerFrame frame)
    {
        if (_wantsParams)
        {
            _wantsParams = false;
            TakeParams(frame);
            return;
        }

        foreach (var request in Read(frame))
        {
            if (_isDecided) handle(request);
            else _waiting.Add(request);
        }
    }

    private void TakeParams(ServerFrame frame)
    {
        try
        {
            connection.Params = ConnectionParams.Read(frame.Data);
            Decide(null);
        }
        catch (FakeTrpcErrorException failure)
        {
            Decide(failure);
        }
    }

    private IReadOnlyList<TrpcRequest> Read(ServerFrame frame)
    {
        try
        {
            if (frame.IsBinary)
                throw RequestReader.Malformed("jsonEncoder received binary data. JSON uses text frames. Use a binary encoder for binary data.");
            return RequestReader.Read(frame.Data, Office.Options);
        }
        catch (BatchTooLargeException tooLarge)
        {
            foreach (var id in tooLarge.Requests) connection.Send(Office.Messages.Error(id, RequestReader.TooLarge(), tellsPath: false));
        }
        catch (FakeTrpcErrorException failure)
        {
            connection.Send(Office.Messages.Error(null, failure));
        }

        return [];
    }

    private void Decide(Exception? failure) => Office.Ticks.Afterwards(() => _ = DecideAsync(failure));

    private async Task DecideAsync(Exception? failure)
    {
        try
        {
            failure ??= Office.Faults.RejectWith;
            if (failure is null && Office.Admit is { } admit) await admit(connection.Face).ConfigureAwait(false);
        }
        catch (Exception refused)
        {
            failure = refused;
        }

        Office.Ticks.Run(() => End(failure));
    }

    private void End(Exception? failure)
    {
        _isDecided = true;
        if (failure is not null) connection.Send(Office.Messages.Error(null, failure));
        foreach (var request in _waiting)
        {
            if (failure is null) handle(request);
            else if (!request.IsStop) connection.Send(Office.Messages.Error(request, failure));
        }

        _waiting.Clear();
        if (failure is not null) connection.Line.Close(NoStatus, "", dropsWaiting: false);
    }

    // The code that a client sees where the close frame has none.
    private const int NoStatus = 1005;
}
