using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HassSocket.DependencyInjection;

/// <summary>Starts and stops the socket of one house with the application, and stops the application when load safety trips.</summary>
internal sealed partial class HouseService(
    House house, IServiceProvider services, IHostApplicationLifetime lifetime, ProcessExitCode exitCode, ILogger<HouseService> logger)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private IHassSocket? _socket;
    private IDisposable? _watch;
    private Task _connecting = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = services.GetRequiredKeyedService<HouseOptions>(house.Key).Value;
        _socket = services.GetRequiredKeyedService<IHassSocket>(house.Key);
        services.GetRequiredKeyedService<Downtime>(house.Key).Begin();
        _watch = _socket.StateChanges.Subscribe(change => OnChange(change, options));
        if (!options.AutoConnectSocket) return;

        if (options.WaitForReadyOnStart) await _socket.StartAsync(cancellationToken).ConfigureAwait(false);
        else _connecting = Task.Run(ConnectAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_socket is null) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _socket.StopAsync(cancellationToken).ConfigureAwait(false);
            await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopCutShort(logger, house.OptionsName);
        }

        _watch?.Dispose();
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await _socket!.StartAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ObjectDisposedException || error is OperationCanceledException && _stopping.IsCancellationRequested)
        {
            // The application stops, or is disposed, before there was a connection.
        }
        catch (HassSocketException error)
        {
            // The state tells of it as well, and its watch has said what there is to say.
            LogStartEnded(logger, error, house.OptionsName);
        }
#pragma warning disable CA1031 // The task has no other owner: what is not logged here is lost.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogStartFailed(logger, error, house.OptionsName);
        }
    }

    private void OnChange(ConnectionStateChange change, HassSocketOptions options)
    {
        if (change.Current != ConnectionState.Faulted) return;
        if (change.Error is TrafficLimitExceededException || change.Reason == EndReason.TrafficLimit) Crash(change, options.StopHostOnCrash);
        else if (change.Error is AuthenticationRejectedException || change.Reason == EndReason.AuthenticationRejected)
            LogRejected(logger, house.OptionsName, change.Explanation ?? change.Error?.Message);
        else LogFaulted(logger, change.Error, house.OptionsName, change.Explanation);
    }

    private void Crash(ConnectionStateChange change, bool stopsHost)
    {
        LogCrash(logger, change.Error, house.OptionsName, change.Explanation, stopsHost ? "The application stops" : "The application goes on without it");
        if (!stopsHost) return;
        if (exitCode.Value == 0) exitCode.Value = 1;
        lifetime.StopApplication();
    }
}
