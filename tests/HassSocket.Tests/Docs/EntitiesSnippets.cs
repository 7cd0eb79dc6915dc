namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/entities.md; compiled, not run.</summary>
internal static class EntitiesSnippets
{
    public static async Task AskAsync(IHassSocket hass, CancellationToken cancellationToken)
    {
        // <snippet:entities-ask>
        await hass.Entities.ReadyAsync(cancellationToken);
        if (hass.Entities.Find("light.hall") is { State: "on" } hall)
            Console.WriteLine($"On since {hall.LastChanged:T}, at {hall.Attribute("brightness")}");
        foreach (var light in hass.Entities.OfDomain("light")) Console.WriteLine(light);
        // </snippet:entities-ask>
    }

    public static async Task ActAsync(IHassSocket hass)
    {
        // <snippet:entities-act>
        await hass.CallServiceAsync("input_boolean", "turn_on", Target.Entity("input_boolean.guests"));
        Console.WriteLine(hass.Entities.Find("input_boolean.guests")?.State);
        // </snippet:entities-act>
    }

    public static async Task HearAsync(IHassSocket hass, CancellationToken cancellationToken)
    {
        // <snippet:entities-hear>
        await foreach (var change in hass.Entities.Changes.ReadAllAsync(cancellationToken))
        {
            if (change.IsResync || change.EntityId != "binary_sensor.door") continue;
            Console.WriteLine($"The door went from {change.Old?.State} to {change.New?.State}");
        }
        // </snippet:entities-hear>
    }

    public static async Task SomeAsync(IHassSocket hass, CancellationToken cancellationToken)
    {
        // <snippet:entities-some>
        using var climate = hass.Entities.Only(EntityFilter.Domains("climate", "sensor"));
        await climate.ReadyAsync(cancellationToken);
        // </snippet:entities-some>
    }

    public static async Task ReadmeAsync(IHassSocket hass)
    {
        // <snippet:readme-entities>
        await hass.Entities.ReadyAsync();
        Console.WriteLine(hass.Entities.Find("light.kitchen")?.State);
        // </snippet:readme-entities>
    }
}
