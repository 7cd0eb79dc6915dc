using System.Text.Json.Nodes;
using HassSocket.Testing;
using HassSocket.Testing.Simulator;
using Xunit;

namespace HassSocket.Tests.Simulator;

public sealed class TemplateTests : IAsyncLifetime
{
    private static readonly JsonObject Variables = JsonNode.Parse(
        """{"x":1,"name":"Kök Lampa","list":[3,1,2],"map":{"a":1,"b":{"c":"deep"}},"empty":"","rows":[{"n":1,"on":true},{"n":2,"on":false}]}""")!.AsObject();

    private readonly HomeAssistantSimulator _house = new(new() { TimeProvider = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 50, 30, TimeSpan.Zero)) });

    [Theory]
    [InlineData("{{ 1 + 2 * 3 - 4 }}", "3")]
    [InlineData("{{ (1 + 2) * 3 }}", "9")]
    [InlineData("{{ 7 / 2 }}", "3.5")]
    [InlineData("{{ 6 / 2 }}", "3.0")]
    [InlineData("{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }}", "\"3 -4 2\"")]
    [InlineData("{{ 2 ** 10 }}", "1024")]
    [InlineData("{{ 0.1 + 0.2 }}", "0.30000000000000004")]
    [InlineData("{{ 'a' ~ 1 ~ none }}", "\"a1None\"")]
    [InlineData("{{ 'ab' * 2 }}", "\"abab\"")]
    [InlineData("{{ [1, 2] + [3] }}", "[1,2,3]")]
    [InlineData("{{ 1 < 2 and not 2 < 1 or false }}", "true")]
    [InlineData("{{ 2 in list and 9 not in list and 'a' in map and 'amp' in name }}", "true")]
    [InlineData("{{ 'yes' if x == 1 else 'no' }}", "\"yes\"")]
    [InlineData("{{ x == 1.0 }}", "true")]
    [InlineData("{{ map.b.c }} {{ map['a'] }} {{ list[0] }} {{ list[-1] }}", "\"deep 1 3 2\"")]
    [InlineData("{{ {'a': 1, 'b': [1, 2.5, none, true]} }}", """{"a":1,"b":[1,2.5,null,true]}""")]
    [InlineData("{{ name.upper() }}{{ name.split(' ')[1] }}", "\"KÖK LAMPALampa\"")]
    [InlineData("{{ name | slugify }}", "\"kok_lampa\"")]
    [InlineData("{{ '3.7' | float + 1 }}", "4.7")]
    [InlineData("{{ '3.7' | int }}", "3")]
    [InlineData("{{ 'x' | int(7) }} {{ 'x' | float(default=1.5) }}", "\"7 1.5\"")]
    [InlineData("{{ 3.14159 | round(2) }}", "3.14")]
    [InlineData("{{ 2.5 | round }} {{ 2.1 | round(0, 'ceil') }}", "\"2 3\"")]
    [InlineData("{{ nobody | default('none') }} {{ empty | default('e', true) }}", "\"none e\"")]
    [InlineData("{{ list | sort | join('-') }}", "\"1-2-3\"")]
    [InlineData("{{ list | max }} {{ min(4, 2) }} {{ list | sum }}", "\"3 2 6\"")]
    [InlineData("{{ rows | selectattr('on') | map(attribute='n') | list }}", "[1]")]
    [InlineData("{{ rows | rejectattr('n', 'eq', 1) | map(attribute='n') | first }}", "2")]
    [InlineData("{{ nobody is defined }} {{ x is number }} {{ x is not string }}", "\"False True True\"")]
    [InlineData("{% if x > 1 %}a{% elif x == 1 %}b{% else %}c{% endif %}", "\"b\"")]
    [InlineData("{% for i in range(3) %}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}", "\"0,1,2\"")]
    [InlineData("{% for k, v in map.items() if k != 'b' %}{{ k }}={{ v }}{% endfor %}", "\"a=1\"")]
    [InlineData("{% for i in [] %}x{% else %}none{% endfor %}", "\"none\"")]
    [InlineData("{% set y = x + 1 %}{{ y }}", "2")]
    [InlineData("{% set ns = namespace(n=0) %}{% for i in list %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "6")]
    [InlineData("{% set t %}a{{ x }}{% endset %}{{ t }}", "\"a1\"")]
    [InlineData("a {#- comment -#} b {{- 1 }}", "\"ab1\"")]
    [InlineData("{ {{ x }} }", "\"{ 1 }\"")]
    [InlineData("0123", "\"0123\"")]
    [InlineData("{{ -1 / 1 }}", "-1.0")]
    [InlineData("on", "\"on\"")]
    [InlineData("{{ now().year }} {{ now().hour }} {{ utcnow().hour }}", "\"2026 2 1\"")]
    [InlineData("{{ now() - timedelta(hours=1) < now() }}", "true")]
    [InlineData("{{ as_timestamp('2026-11-23T01:50:30+00:00') }}", "1795398630.0")]
    [InlineData("{{ now().strftime('%H:%M') }}", "\"02:50\"")]
    [InlineData("{{ states('light.bed_light') }} {{ states('light.nobody') }}", "\"off unknown\"")]
    [InlineData("{{ state_attr('light.bed_light', 'friendly_name') }} {{ state_attr('light.nobody', 'x') }}", "\"Bed Light None\"")]
    [InlineData("{{ is_state('light.bed_light', ['on', 'off']) }} {{ is_state_attr('light.bed_light', 'supported_features', 4) }}", "\"True True\"")]
    [InlineData("{{ states.light.bed_light.state }} {{ states['light.bed_light'].name }}", "\"off Bed Light\"")]
    [InlineData("{{ states.light | selectattr('state', 'eq', 'on') | map(attribute='entity_id') | list | count > 0 }}", "true")]
    [InlineData("{{ has_value('light.bed_light') }} {{ has_value('light.nobody') }}", "\"True False\"")]
    [InlineData("{{ {'a': [1]} | to_json }}", """{"a":[1]}""")]
    [InlineData("{{ '[1, 2]' | from_json | length }}", "2")]
    public void Template_gives_what_Jinja_gives(string template, string expected)
    {
        var rendering = new Template(template).Render(_house.House, TemplateVariables.Read(Variables));

        Assert.Null(rendering.Error);
        Assert.Equal(expected, Text(PythonValue.ToJson(rendering.Value)));
    }

    [Theory]
    [InlineData("{{ 1 / 0 }}", "ZeroDivisionError: division by zero")]
    [InlineData("{{ 'a' + 1 }}", "TypeError: can only concatenate str (not \"int\") to str")]
    [InlineData("{{ 1 + 'a' }}", "TypeError: unsupported operand type(s) for +: 'int' and 'str'")]
    [InlineData("{{ 1 < 'a' }}", "TypeError: '<' not supported between instances of 'int' and 'str'")]
    [InlineData("{{ nobody.x }}", "UndefinedError: 'nobody' is undefined")]
    [InlineData("{{ map.c.d }}", "UndefinedError: 'dict object' has no attribute 'c'")]
    [InlineData("{{ nobody() }}", "UndefinedError: 'nobody' is undefined")]
    [InlineData("{{ 'x' | int }}", "ValueError: Template error: int got invalid input 'x' but no default was specified")]
    [InlineData("{{ x", "TemplateSyntaxError: unexpected end of template, expected 'end of print statement'.")]
    [InlineData("{% if x %}", "TemplateSyntaxError: Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.")]
    [InlineData("{{ x | nope }}", "TemplateSyntaxError: No filter named 'nope'.")]
    [InlineData("{{ x is nope }}", "TemplateSyntaxError: No test named 'nope'.")]
    [InlineData("{% nope %}", "TemplateSyntaxError: Encountered unknown tag 'nope'.")]
    [InlineData("{{ 1 2 }}", "TemplateSyntaxError: expected token 'end of print statement', got '2'")]
    [InlineData("{{ (1 }}", "TemplateSyntaxError: unexpected end of template, expected 'end of print statement'.")]
    [InlineData("{{ range(100001) }}", "OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).")]
    public void Template_fails_in_the_words_of_Python(string template, string expected)
        => Assert.Equal(expected, new Template(template).Render(_house.House, TemplateVariables.Read(Variables)).Error);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private static string Text(JsonNode? node) => System.Text.Encoding.UTF8.GetString(JsonBytes.Write(writer => writer.WriteNode(node)));
}
