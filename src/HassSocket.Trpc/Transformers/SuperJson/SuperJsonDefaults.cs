using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Trpc;

/// <summary>How models are read where nothing else was asked for: as on the web, with the numbers that only superjson can tell.</summary>
internal static class SuperJsonDefaults
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new BigIntegerConverter() },
    };
}
