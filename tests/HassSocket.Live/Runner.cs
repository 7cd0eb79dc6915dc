using System.Diagnostics;

namespace HassSocket.Live;

/// <summary>Runs the checks one after the other, a line each, and puts everything away at the end.</summary>
internal sealed class Runner(Visit visit, TextWriter output)
{
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <returns>The exit code: 1 when a check failed, 2 when more than a tenth was not applicable.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Check> checks, CancellationToken cancellationToken)
    {
        var number = 0;
        var goesOn = true;
        foreach (var check in checks)
        {
            number++;
            if (goesOn && !cancellationToken.IsCancellationRequested) goesOn = await RunAsync(number, check, cancellationToken);
            else Tell(number, check, "not applicable (the checks ended before it)", TimeSpan.Zero, ref _skipped);
        }

        await PutAwayAsync();
        output.WriteLine($"{_passed} passed, {_failed} failed, {_skipped} skipped");
        if (_failed > 0) return 1;
        return _skipped * 10 > checks.Count ? 2 : 0;
    }

    // Whether the next one may run.
    private async Task<bool> RunAsync(int number, Check check, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(check.Limit);
        try
        {
            // A check that ignores its token must not hold the others.
            await check.RunAsync(visit, limit.Token).WaitAsync(check.Limit + TimeSpan.FromSeconds(10), cancellationToken);
            Tell(number, check, "passed", Stopwatch.GetElapsedTime(start), ref _passed);
            return true;
        }
        catch (NotApplicableException reason)
        {
            Tell(number, check, $"not applicable ({reason.Message})", Stopwatch.GetElapsedTime(start), ref _skipped);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Tell(number, check, "failed (interrupted)", Stopwatch.GetElapsedTime(start), ref _failed);
            return false;
        }
        catch (Exception failure)
        {
            Tell(number, check, $"failed ({Describe(failure, check)})", Stopwatch.GetElapsedTime(start), ref _failed);
            return !check.IsEssential;
        }
    }

    private async Task PutAwayAsync()
    {
        try
        {
            await visit.Leftovers.EndAsync();
        }
        catch (Exception failure)
        {
            _failed++;
            output.WriteLine($"What was created could not be removed: {OneLine(failure.Message)}. Look for {Visit.Prefix}* on the server.");
        }
    }

    private void Tell(int number, Check check, string outcome, TimeSpan took, ref int counter)
    {
        counter++;
        output.WriteLine($"{number:00} {check.Name} ... {outcome} {took.TotalMilliseconds:0} ms");
    }

    private static string Describe(Exception failure, Check check) => failure switch
    {
        OperationCanceledException or TimeoutException => $"did not end within {check.Limit.TotalSeconds:0} s",
        CheckFailedException => OneLine(failure.Message),
        _ => $"{failure.GetType().Name}: {OneLine(failure.Message)}",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
