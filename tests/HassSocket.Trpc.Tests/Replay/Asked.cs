using System.Text.Json;

namespace HassSocket.Trpc.Tests.Replay;

/// <summary>A request of a recorded client, if it is one that ours would make, too.</summary>
/// <param name="Id">Its id as it was written.</param>
/// <param name="Method">Query, mutation, subscription, or its stop.</param>
/// <param name="Request">What ours is asked for; nothing for a stop.</param>
/// <param name="WhyNot">Why ours would never send it; nothing where it would.</param>
internal sealed record Asked(string Id, string Method, TrpcRequest? Request, string? WhyNot)
{
    public static Asked Read(JsonElement item, Wording wording)
    {
        if (item.ValueKind != JsonValueKind.Object) return Never("no object");
        if (!item.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)) return Never("no id, or none that correlates");
        if (item.TryGetProperty("jsonrpc", out var version) && version.ToString() != "2.0") return Never("another jsonrpc than 2.0");
        var method = item.TryGetProperty("method", out var word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "";
        if (method == "subscription.stop") return new Asked(id.GetRawText(), method, null, null);
        if (method is not ("query" or "mutation" or "subscription")) return Never("no such method");
        if (!item.TryGetProperty("params", out var told) || told.ValueKind != JsonValueKind.Object) return Never("no params");
        if (!told.TryGetProperty("path", out var path) || path.ValueKind != JsonValueKind.String || path.GetString()!.Length == 0) return Never("no path");
        return ReadRequest(new Asked(id.GetRawText(), method, new TrpcRequest(path.GetString()!), null), told, wording);
    }

    private static Asked ReadRequest(Asked asked, JsonElement told, Wording wording)
    {
        if (told.TryGetProperty("lastEventId", out var last))
        {
            if (asked.Method != "subscription" || last.ValueKind != JsonValueKind.String) return Never("a lastEventId on a call, or one that is no text");
            asked = asked with { Request = asked.Request! with { LastEventId = last.GetString() } };
        }

        var (request, whyNot) = wording.WithInput(asked.Request!, told.TryGetProperty("input", out var input) ? input : null);
        return asked with { Request = request, WhyNot = whyNot };
    }

    private static Asked Never(string why) => new("", "", null, why);
}
