using System.Text.Json;
using Xunit;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>A request of ours that stands for a recorded one, and what became of it.</summary>
internal abstract class Exchange(long id, string path)
{
    /// <summary>The id that ours had on the wire.</summary>
    public long Id => id;

    public string Path => path;

    /// <summary>Whether the engine still waits for its first answer.</summary>
    public bool IsPending { get; set; } = true;

    /// <summary>Whether nothing more can come of it.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Compares an error of ours with a recorded one.</summary>
    public static void AssertError(Said said, string path, TrpcException error)
    {
        var recorded = said.Error!.Value;
        var data = recorded.TryGetProperty("data", out var all) && all.ValueKind == JsonValueKind.Object ? all : default;
        Assert.Equal(recorded.GetProperty("message").GetString(), error.ServerMessage);
        if (Text(data, "code") is { } key) Assert.Equal(key, error.Key);
        Assert.Equal(Number(recorded, "code"), error.NumericCode);
        Assert.Equal(Number(data, "httpStatus"), error.HttpStatus);
        Assert.Equal(Text(data, "path") ?? path, error.Path);
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static int? Number(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : null;
}

/// <summary>A call.</summary>
internal sealed class ReplayedCall(long id, string path, Task<string> answer) : Exchange(id, path)
{
    public Task<string> Answer => answer;
}

/// <summary>A subscription.</summary>
internal sealed class ReplayedRun(long id, string path, Inbox<(string? Id, string Data)> inbox, IDisposable consumer) : Exchange(id, path)
{
    public Inbox<(string? Id, string Data)> Inbox => inbox;

    public IDisposable Consumer => consumer;

    public bool IsStarted { get; set; }

    public bool HadItem { get; set; }

    /// <summary>Whether its consumer has left.</summary>
    public bool IsLeft { get; set; }

    /// <summary>Whether our stop was seen on the wire.</summary>
    public bool IsStopped { get; set; }
}
