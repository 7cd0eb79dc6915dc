namespace HassSocket.Benchmarks.Contenders;

/// <summary>One way to talk to Home Assistant.</summary>
internal interface IContender
{
    /// <summary>Does a work.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="address">Where the load comes from.</param>
    Task<Measurement> RunAsync(Work work, Uri address);
}
