using System.Globalization;

namespace HassSocket.Benchmarks.Load;

/// <summary>What a connection wants to be sent; said by its path, such as <c>/load/run-3/192000/64/0/500/1/False</c>.</summary>
/// <param name="Run">Ties the report of the server to the measurement of the client.</param>
/// <param name="Events">How many events follow the subscription.</param>
/// <param name="Batch">How many messages are coalesced into one frame; 1 sends them one by one.</param>
/// <param name="Rate">Events a second; 0 as fast as the client takes them.</param>
/// <param name="Entities">How many entities the house has.</param>
/// <param name="Subscriptions">How many subscriptions are awaited before the events begin; the last ten of each hundred, or so, get them.</param>
/// <param name="Stray">Whether all events but the last carry an id that nobody subscribed to.</param>
internal sealed record LoadPlan(string Run, int Events, int Batch, int Rate, int Entities, int Subscriptions, bool Stray)
{
    /// <summary>The first part of the path of a load of tRPC.</summary>
    public const string Trpc = "trpc";

    /// <summary>What the server is to speak: Home Assistant's API, or tRPC.</summary>
    public string Protocol { get; init; } = "load";

    public string ToPath() =>
        string.Create(CultureInfo.InvariantCulture, $"/{Protocol}/{Run}/{Events}/{Batch}/{Rate}/{Entities}/{Subscriptions}/{Stray}");

    public static LoadPlan Parse(string path)
    {
        var parts = path.Split('/');
        return new LoadPlan(parts[2], Number(3), Number(4), Number(5), Number(6), Number(7), bool.Parse(parts[8])) { Protocol = parts[1] };

        int Number(int part) => int.Parse(parts[part], CultureInfo.InvariantCulture);
    }
}
