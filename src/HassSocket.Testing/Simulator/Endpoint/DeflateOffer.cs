using System.Globalization;
using System.Net.WebSockets;

namespace HassSocket.Testing.Simulator;

/// <summary>The compression that a client offered and the house takes, with context takeover unless it was asked to do without.</summary>
/// <param name="Answer">The header of the answer; what the client says of its own side is never repeated.</param>
/// <param name="Options">The same for the socket.</param>
internal sealed record DeflateOffer(string Answer, WebSocketDeflateOptions Options)
{
    private const string Name = "permessage-deflate";

    public static DeflateOffer? Read(IEnumerable<string?> headers)
    {
        var offers = headers.SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries));
        if (offers.FirstOrDefault(offer => offer.Split(';')[0].Trim() == Name) is not { } first) return null;

        var answer = Name;
        var options = new WebSocketDeflateOptions();
        foreach (var part in first.Split(';', StringSplitOptions.TrimEntries).Skip(1))
        {
            var (key, value) = part.Split('=') is [var k, var v] ? (k.Trim(), v.Trim('"', ' ')) : (part, "");
            if (key == "server_no_context_takeover")
            {
                options.ServerContextTakeover = false;
                answer += "; server_no_context_takeover";
            }
            else if (key == "server_max_window_bits" && int.TryParse(value, CultureInfo.InvariantCulture, out var bits) && bits is >= 9 and <= 14)
            {
                options.ServerMaxWindowBits = bits;
                answer += $"; server_max_window_bits={bits}";
            }
        }

        return new DeflateOffer(answer, options);
    }
}
