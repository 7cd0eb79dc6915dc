using System.Text.Json;
using System.Text.Json.Serialization;

namespace HassSocket.Trpc.Tests.Support;

internal sealed record Name(string Text);

internal sealed record Person(int Id, string Name);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Name))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class Models : JsonSerializerContext;
