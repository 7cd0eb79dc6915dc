using System.Globalization;
using System.Text;

namespace HassSocket.Benchmarks.Load;

/// <summary>The texts of a house with as many entities as are wanted; the same for each run, in the shape of a real server.</summary>
internal static class House
{
    private const string Context = "{\"id\":\"01M831JC3W7QAYY4BFTD8KAWCQ\",\"parent_id\":null,\"user_id\":\"4e801d2ac44d49a0a3983c010f4bbbc5\"}";
    private const string Time = "2026-11-23T01:50:43.836123+00:00";

    public static string EntityId(int number) => string.Create(CultureInfo.InvariantCulture, $"sensor.room_{number / 10:D4}_temperature_{number % 10}");

    public static string State(int step) => string.Create(CultureInfo.InvariantCulture, $"{10 + (step * 7 % 200) / 10.0:F1}");

    /// <summary>A <c>state_changed</c> message of some 1,100 bytes, all but its end: the id follows.</summary>
    public static string StateChanged(int entity, int step) =>
        $"{{\"type\":\"event\",\"event\":{{\"event_type\":\"state_changed\",\"data\":{{\"entity_id\":\"{EntityId(entity)}\",\"old_state\":" +
        $"{FullState(entity, step, FewAttributes(entity))},\"new_state\":{FullState(entity, step + 1, FewAttributes(entity))}}},\"origin\":\"LOCAL\",\"time_fired\":\"{Time}\",\"context\":{Context}}},\"id\":";

    /// <summary>A difference of <c>subscribe_entities</c>, all but its end.</summary>
    public static string Difference(int entity, int step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"type\":\"event\",\"event\":{{\"c\":{{\"{EntityId(entity)}\":{{\"+\":{{\"s\":\"{State(step)}\",\"lc\":{1795398643.25 + step},\"c\":\"01M831JC4HT96Y8J64VJC5YHQT\"}}}}}}}},\"id\":");

    /// <summary>The answer to <c>get_states</c>, all but its beginning up to the id.</summary>
    public static string States(int entities) =>
        $",\"type\":\"result\",\"success\":true,\"result\":[{string.Join(',', Enumerable.Range(0, entities).Select(entity => FullState(entity, entity, Attributes(entity))))}]}}";

    /// <summary>The first event of <c>subscribe_entities</c>, all but its end.</summary>
    public static string Entities(int entities)
    {
        var text = new StringBuilder("{\"type\":\"event\",\"event\":{\"a\":{");
        for (var entity = 0; entity < entities; entity++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(entity == 0 ? "" : ",")}\"{EntityId(entity)}\":{{\"s\":\"{State(entity)}\",\"a\":{Attributes(entity)},\"c\":\"01M831CY5TFYSGFRE8CSDGYWPT\",\"lc\":{1795398465.5 + entity}}}");
        }

        return text.Append("}},\"id\":").ToString();
    }

    private static string Attributes(int entity) =>
        $"{{\"state_class\":\"measurement\",\"unit_of_measurement\":\"°C\",\"device_class\":\"temperature\",\"friendly_name\":\"Room {entity / 10:D4} temperature {entity % 10}\"}}";

    private static string FewAttributes(int entity) =>
        $"{{\"unit_of_measurement\":\"°C\",\"friendly_name\":\"Room {entity / 10:D4} temperature {entity % 10}\"}}";

    private static string FullState(int entity, int step, string attributes) =>
        $"{{\"entity_id\":\"{EntityId(entity)}\",\"state\":\"{State(step)}\",\"attributes\":{attributes},\"last_changed\":\"{Time}\"," +
        $"\"last_reported\":\"{Time}\",\"last_updated\":\"{Time}\",\"context\":{Context}}}";
}
