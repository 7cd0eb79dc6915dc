namespace HassSocket.Testing.Simulator;

/// <summary>All kinds of things that users make themselves.</summary>
internal static class CollectionKinds
{
    private static readonly Field Icon = Field.Optional("icon", RegistryChecks.TextOrNull);

    private static readonly Field Unit = Field.Optional("unit_of_measurement", RegistryChecks.TextOrNull);

    public static IReadOnlyList<CollectionKind> All { get; } =
    [
        new("input_boolean", Icon, Field.Optional("initial", Checks.Bool)) { State = item => item["initial"].IsTrue() ? "on" : "off" },
        new("input_button", Icon) { State = _ => "unknown" },
        new(
            "input_number", Icon, Unit, Field.Required("min", RegistryChecks.Number), Field.Required("max", RegistryChecks.Number),
            Field.Optional("initial", RegistryChecks.Number), Field.Optional("step", RegistryChecks.Number), Field.Optional("mode", Checks.Text))
        {
            Defaults = """{"step":1.0,"mode":"slider"}""",
            Fractions = ["min", "max", "step", "initial"],
            State = item => (item["initial"] ?? item["min"])!.ToJsonString(),
            Shown = ["initial", "min", "max", "step", "mode"],
        },
        new(
            "input_text", Icon, Unit, Field.Optional("min", Checks.Integer), Field.Optional("max", Checks.Integer),
            Field.Optional("initial", Checks.Text), Field.Optional("pattern", Checks.Text), Field.Optional("mode", Checks.Text))
        {
            Defaults = """{"min":0,"max":100,"mode":"text"}""",
            State = item => item["initial"].Text() ?? "unknown",
            Shown = ["min", "max", "pattern", "mode"],
        },
        new("input_select", Icon, Field.Required("options", RegistryChecks.Texts), Field.Optional("initial", Checks.Text))
        {
            State = item => item["initial"].Text() ?? item["options"].Texts().FirstOrDefault("unknown"),
            Shown = ["options"],
        },
        new(
            "counter", Icon, Field.Optional("initial", Checks.Integer), Field.Optional("minimum", RegistryChecks.IntegerOrNull),
            Field.Optional("maximum", RegistryChecks.IntegerOrNull), Field.Optional("step", Checks.Integer), Field.Optional("restore", Checks.Bool))
        {
            Defaults = """{"initial":0,"maximum":null,"minimum":null,"restore":true,"step":1}""",
            State = item => item["initial"]!.ToJsonString(),
            Shown = ["initial", "step"],
        },
        new(
            "zone", Icon, Field.Required("latitude", RegistryChecks.Number), Field.Required("longitude", RegistryChecks.Number),
            Field.Optional("radius", RegistryChecks.Number), Field.Optional("passive", Checks.Bool))
        {
            Defaults = """{"radius":100.0,"passive":false}""",
            KeepsTheRest = true,
            Fractions = ["latitude", "longitude", "radius"],
            State = _ => "0",
            Shown = ["latitude", "longitude", "radius", "passive"],
        },
        new("tag", Field.Optional("tag_id", Checks.Text), Field.Optional("description", RegistryChecks.TextOrNull)) { KeepsTheRest = true },
    ];
}
