namespace HassSocket.Endurance.Histories;

/// <summary>Sends a command whenever the client has connected.</summary>
internal sealed class Greeter(History history, Func<long> nextNumber) : IObserver<HassConnection>
{
    private int _latest;

    public void OnNext(HassConnection value)
    {
        if (value.Number <= _latest) history.Complain($"OnConnect told of connection {value.Number} after {_latest}");
        _latest = value.Number;
        // It runs beside whatever moves the clock.
        var call = new Call(new Nonce(Nonce.Echo, nextNumber(), Size: 0), isPost: false) { MayTimeOut = true };
        history.Book.Add(call);
        _ = call.RunAsync(history.Client);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => history.Complain($"OnConnect ended with {error.Message}");
}
