using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>Checks a value; gives a text for each fault. The path is quoted, such as <c>'target.entity_id'</c>.</summary>
internal delegate IEnumerable<string> FieldCheck(JsonElement value, string path);

/// <summary>One key that a message may have.</summary>
internal sealed record Field(string Name, FieldCheck Check, bool IsRequired)
{
    public static Field Required(string name, FieldCheck check) => new(name, check, IsRequired: true);

    public static Field Optional(string name, FieldCheck check) => new(name, check, IsRequired: false);
}

/// <summary>A closed set of keys, checked with the texts of Home Assistant 2026.11.</summary>
internal sealed class Schema(params Field[] fields)
{
    /// <summary>A command that takes nothing; its text for unknown keys is another one.</summary>
    public static readonly Schema Nothing = new();

    /// <summary>Checks a command, whose <c>id</c> and <c>type</c> are known to be good.</summary>
    public string? CheckCommand(JsonElement message)
    {
        if (fields.Length > 0) return Join(Faults(message, "", ["id", "type"]));
        var hasMore = message.EnumerateObject().Any(property => property.Name is not ("id" or "type"));
        return hasMore ? $"extra keys not allowed. Got {PythonText.Of(message)}" : null;
    }

    /// <summary>Checks a message that has no envelope.</summary>
    public string? Check(JsonElement message)
        => message.ValueKind == JsonValueKind.Object ? Join(Faults(message, "", [])) : $"expected a mapping. Got {PythonText.Of(message)}";

    /// <summary>Checks an object within a message.</summary>
    public IEnumerable<string> CheckNested(JsonElement value, string path)
        => value.ValueKind == JsonValueKind.Object
            ? Faults(value, path.Trim('\'') + ".", [])
            : [$"expected a mapping at {path}. Got {PythonText.Of(value)}"];

    private IEnumerable<string> Faults(JsonElement message, string prefix, string[] known)
    {
        var names = new HashSet<string>();
        foreach (var property in message.EnumerateObject())
        {
            if (!names.Add(property.Name) || known.Contains(property.Name)) continue;
            var path = $"'{prefix}{property.Name}'";
            if (Array.Find(fields, field => field.Name == property.Name) is { } field)
            {
                foreach (var fault in field.Check(message.GetProperty(property.Name), path)) yield return fault;
            }
            else
            {
                var near = CloseMatch.Find(property.Name, fields.Select(f => f.Name).Concat(known));
                var hint = near is null ? "" : $", did you mean '{near}'?";
                yield return $"not a valid option{hint} at {path}. Got {PythonText.Of(property.Value)}";
            }
        }

        foreach (var field in fields)
        {
            if (field.IsRequired && !names.Contains(field.Name))
                yield return $"required key not provided at '{prefix}{field.Name}'. Got None";
        }
    }

    private static string? Join(IEnumerable<string> faults) => string.Join("\n", faults) is { Length: > 0 } text ? text : null;
}
