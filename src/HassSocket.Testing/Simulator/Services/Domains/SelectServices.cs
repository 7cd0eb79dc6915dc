using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>Choices and texts.</summary>
internal static class SelectServices
{
    public static void Teach(House house)
    {
        foreach (var domain in (string[])["input_select", "select"])
        {
            house.TeachEach(domain, "select_option", work => Select(work, domain, work.Data["option"].Text() ?? ""));
            house.TeachEach(domain, "select_first", work => work.Set(Options(work)[0]));
            house.TeachEach(domain, "select_last", work => work.Set(Options(work)[^1]));
            house.TeachEach(domain, "select_next", work => Step(work, 1));
            house.TeachEach(domain, "select_previous", work => Step(work, -1));
        }

        house.TeachEach("input_text", "set_value", SetText);
        house.TeachEach("text", "set_value", SetText);
    }

    private static void Select(EntityWork work, string domain, string option)
    {
        var options = Options(work);
        if (options.Contains(option))
        {
            work.Set(option);
            return;
        }

        var (id, all) = (work.Entity.EntityId, string.Join(", ", options));
        throw Errors.Validation(
            domain,
            $"Option {option} is not valid for {id}. Valid options are: {all}",
            "invalid_option",
            new JsonObject { ["entity_id"] = id, ["option"] = option, ["options"] = all });
    }

    private static void Step(EntityWork work, int by)
    {
        var options = Options(work).ToList();
        var next = options.IndexOf(work.Entity.State) + by;
        work.Set(options[(next + options.Count) % options.Count]);
    }

    private static void SetText(EntityWork work) => work.Set(work.Data["value"]?.ToString() ?? "");

    private static IReadOnlyList<string> Options(EntityWork work) => work.Attributes["options"] is JsonArray options ? options.Texts() : [work.Entity.State];
}
