using System.Text.Json.Nodes;

namespace HassSocket.Live;

/// <summary>Puts away what the checks have created, those of an earlier visit that was killed included.</summary>
internal sealed class Leftovers(Visit visit)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private EntityState? _lamp;

    /// <summary>Remembers how the light stood, and removes what an earlier visit has left.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _lamp = await visit.Lamp.StateAsync(visit.Client, cancellationToken);
        await SweepAsync(visit.Client, cancellationToken);
    }

    /// <summary>Removes everything; over a connection of its own, since the visit's may be the one that failed.</summary>
    public async Task EndAsync()
    {
        if (_lamp is null) return;
        using var limit = new CancellationTokenSource(Limit);
        await using var client = await visit.ConnectAsync(limit.Token);
        await SweepAsync(client, limit.Token);
        await visit.Lamp.RestoreAsync(client, _lamp, limit.Token);
    }

    /// <summary>The input booleans of ours that the server has.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(IHassSocket client, CancellationToken cancellationToken)
    {
        try
        {
            var list = await client.SendMessageAsync("input_boolean/list", null, cancellationToken);
            return [.. list.EnumerateArray().Select(item => item.GetProperty("id").GetString()!).Where(IsOurs)];
        }
        catch (HassCommandException refusal) when (refusal.Code == "unknown_command")
        {
            return []; // A server that has not loaded them keeps none.
        }
    }

    private static bool IsOurs(string id) => id.StartsWith(Visit.Prefix, StringComparison.Ordinal);

    private async Task SweepAsync(IHassSocket client, CancellationToken cancellationToken)
    {
        foreach (var id in await FindAsync(client, cancellationToken))
            await client.SendMessageAsync("input_boolean/delete", new JsonObject { ["input_boolean_id"] = id }, cancellationToken);
    }
}
