using System.Globalization;
using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Reads conditions: on states, numbers and templates, and those that hold others.</summary>
internal static class ConditionReader
{
    private static readonly string[] Holders = ["and", "or", "not"];

    /// <exception cref="SimulatedErrorException">It is no condition.</exception>
    public static Condition Read(JsonNode? config)
    {
        if (config is JsonArray all) return Combine("and", [.. all.Select(Read)]);
        if (config.Text() is { } template) return OnTemplate(template);
        if (config is not JsonObject fields) throw Errors.InvalidFormat("expected a dictionary");
        if (Holders.FirstOrDefault(fields.ContainsKey) is { } holder) return Combine(holder, [.. Several(fields[holder]).Select(Read)]);
        var kind = fields["condition"].Text() ?? throw Errors.InvalidFormat("required key not provided at 'condition'");
        return kind switch
        {
            "and" or "or" or "not" => Combine(kind, [.. Several(fields["conditions"]).Select(Read)]),
            "state" => Named(kind, OnState(fields)),
            "numeric_state" => Named(kind, OnNumber(fields)),
            "template" => OnTemplate(fields["value_template"].Text() ?? throw Missing("value_template")),
            _ => throw new SimulatedErrorException("home_assistant_error", $"Invalid condition \"{kind}\" specified"),
        };
    }

    private static JsonNode?[] Several(JsonNode? node) => node is JsonArray list ? list.ToArray() : new[] { node };

    private static SimulatedErrorException Missing(string key) => Errors.InvalidFormat($"required key not provided at '{key}'");

    private static Condition OnTemplate(string source)
    {
        var template = new Template(source);
        return (house, variables) => template.Render(house, TemplateVariables.Read(variables)).IsTrue;
    }

    /// <summary>Errors of a condition begin with its kind.</summary>
    private static Condition Named(string kind, Condition condition) => (house, variables) =>
    {
        try
        {
            return condition(house, variables);
        }
        catch (ConditionErrorException error)
        {
            throw error.Within($"In '{kind}':");
        }
    };

    /// <summary>An error counts only where the others do not decide.</summary>
    private static Condition Combine(string holder, Condition[] conditions) => (house, variables) =>
    {
        ConditionErrorException? failure = null;
        for (var i = 0; i < conditions.Length; i++)
        {
            try
            {
                var holds = conditions[i](house, variables);
                if (holder == "and" && !holds) return false;
                if (holder != "and" && holds) return holder == "or";
            }
            catch (ConditionErrorException error)
            {
                failure ??= error.Within($"In '{holder}' (item {i + 1} of {conditions.Length}):");
            }
        }

        return failure is null ? holder != "or" : throw failure;
    };

    private static Condition OnState(JsonObject fields)
    {
        var entities = Entities(fields);
        if (!fields.ContainsKey("state")) throw Missing("state");
        var wanted = Several(fields["state"]).Select(state => state?.ToString()).ToArray();
        var attribute = fields["attribute"].Text();
        var lasts = Duration.Read(fields["for"]);
        Func<Func<string, bool>, bool> ask = fields["match"].Text() == "any" ? entities.Any : entities.All;
        return (house, _) => ask(id =>
        {
            var state = Find(house, "state", id);
            var value = attribute is null ? state.State : state.Attributes[attribute]?.ToString();
            return wanted.Contains(value) && (lasts is null || house.Now - state.LastChanged >= lasts);
        });
    }

    private static Condition OnNumber(JsonObject fields)
    {
        var entities = Entities(fields);
        var (above, below, attribute) = (fields["above"].Number(), fields["below"].Number(), fields["attribute"].Text());
        if (above is null && below is null) throw Errors.InvalidFormat("must contain at least one of below, above.");
        return (house, _) => entities.All(id =>
        {
            var state = Find(house, "numeric_state", id);
            var text = attribute is null ? state.State : state.Attributes[attribute]?.ToString();
            if (text is null or "unknown" or "unavailable") return false;
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var number))
                throw new ConditionErrorException([$"In 'numeric_state' condition: entity {id} state '{text}' cannot be processed as a number"]);
            return !(number <= above) && !(number >= below);
        });
    }

    private static SimulatedState Find(House house, string kind, string id) => house.States.Find(id)
        ?? throw new ConditionErrorException([$"In '{kind}' condition: unknown entity {id}"]);

    private static IReadOnlyList<string> Entities(JsonObject fields) => fields.ContainsKey("entity_id") ? fields["entity_id"].Texts() : throw Missing("entity_id");
}
