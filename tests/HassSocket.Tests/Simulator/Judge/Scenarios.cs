namespace HassSocket.Tests.Simulator.Judge;

/// <summary>Which recordings judge the simulator.</summary>
internal static class Scenarios
{
    private const string Latest = "2026.11.";

    public static IReadOnlyList<Scenario> Judged { get; } =
    [
        new(Latest + "auth-invalid"),
        new(Latest + "auth-malformed"),
        new(Latest + "auth-ok"),
        new(Latest + "auth-ok-access-token-and-guest"),
        new(Latest + "auth-timeout"),
        new(Latest + "batches"),
        new(Latest + "burst-plain-and-coalesced") { Unread = 3 },
        new(Latest + "client-close-codes"),
        new(Latest + "command-errors"),
        new(Latest + "conditions-and-scripts") { Varies = [new("result.response.*.forecast[*].*", "the weather is made up")] },
        new(Latest + "core-commands")
        {
            Varies =
            [
                new("result[*].attributes.access_token", "secrets are not kept"),
                new("result[*].attributes.entity_picture", "it holds a secret"),
                new("result[*].attributes.user_id", "users have other ids"),
            ],
        },
        new(Latest + "entities-all")
        {
            Varies =
            [
                new("event.*.entity_picture", "it holds a secret"),
                new("event.a.person.owner.a.user_id", "users have other ids"),
            ],
        },
        new(Latest + "events-filtered") { Given = new Dictionary<string, string> { ["input_number.level"] = State("1.0") } },
        new(Latest + "events-filtered-coalesced"),
        new(Latest + "first-messages-pipelined"),
        new(Latest + "frame-errors"),
        new(Latest + "history-and-logbook")
        {
            Begins = new(2026, 11, 23, 1, 50, 48, 769, TimeSpan.Zero),
            WhyOrderVaries = "the real server asks its database meanwhile",
            Varies =
            [
                new("event.states.light.bed_light[1].a.*", "a light remembers colours from before the recording"),
                new("result[7].context_user_id", "of the two commands, one tells who led to an automation of the past"),
                new("result[8].context_user_id", "as before"),
            ],
            Given = new Dictionary<string, string> { ["counter.visits"] = State("21"), ["light.ceiling_lights"] = State("off"), ["group.downstairs"] = State("off") },
        },
        new(Latest + "id-rules"),
        new(Latest + "notifications-and-entries"),
        new(Latest + "registries"),
        new(Latest + "slow-service-and-interleaving"),
        new(Latest + "supported-features"),
        new(Latest + "todo-lists"),
        new(Latest + "templates") { Given = new Dictionary<string, string> { ["input_number.level"] = State("2.0"), ["counter.visits"] = State("18") } },
        new(Latest + "triggers")
        {
            // A second of the real clock began between two lines.
            Begins = new(2026, 11, 23, 1, 50, 44, 973, TimeSpan.Zero),
            Given = new Dictionary<string, string> { ["counter.visits"] = State("12") },
        },
        new(Latest + "unauthorized") { Varies = [new("result.path", "a signature")] },
    ];

    /// <summary>The beginnings of names, and why nobody is judged by what they name; the longest one that fits counts.</summary>
    public static IReadOnlyDictionary<string, string> NotJudged { get; } = new Dictionary<string, string>
    {
        ["2024.3."] = "an older server, with other texts and codes",
        ["2025.3."] = "an older server, with other texts and codes",
        ["client."] = "the same server, asked by clients of other makers",
        [Latest + "automations-and-traces"] = "automations are not simulated yet",
        [Latest + "big-messages"] = "the texts were cut; the limits have tests of their own",
        [Latest + "events-all"] = "automations are not simulated yet",
        [Latest + "every-command"] = "one line for each of 441 commands; the commands that are known are judged by the others",
        [Latest + "http-"] = "HTTP",
        [Latest + "killed"] = "a process that ends",
        [Latest + "many-small-pending"] = "depends on the buffers of a network; the limits have tests of their own",
        [Latest + "refresh-token-deleted"] = "begins with a token of the HTTP login",
        [Latest + "restart-service"] = "a process that ends; restarts have tests of their own",
        [Latest + "scale-"] = "a house of 10,000 entities with an integration made for it; the limits have tests of their own",
        [Latest + "server-heartbeat"] = "ping frames; they have tests of their own",
        [Latest + "slow-reader"] = "depends on the buffers of a network; the limits have tests of their own",
        [Latest + "throughput-figures"] = "figures, no messages",
    };

    private static string State(string state) => $$"""{"state":"{{state}}"}""";

    public static Scenario Of(string name) => Judged.Single(scenario => scenario.Name == name);
}
