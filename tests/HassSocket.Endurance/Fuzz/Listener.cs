using System.Text.Json;
using System.Text.Json.Nodes;

namespace HassSocket.Endurance.Fuzz;

/// <summary>One who listens to a fuzzed client, and reads what comes as far as it goes.</summary>
internal sealed class Listener
{
    public Listener(IHassSocket hass, int what)
    {
        _ = what switch
        {
            0 => Listen(hass.OnEvent("state_changed"), static @event => Read(@event)),
            1 => Listen(hass.Subscribe(new StateChangedSubscription()), static change => _ = change.ToString()),
            2 => Listen(hass.Entities.Changes, static change => _ = change.ToString()),
            3 => Listen(hass.Subscribe("render_template", new JsonObject { ["template"] = "{{ 1 }}" }), static answer => _ = answer.ValueKind),
            _ => Listen(hass.OnEvent("an_event"), static @event => Read(@event)),
        };
    }

    public bool HasEnded { get; private set; }

    public string? Complaint { get; private set; }

    private static void Read(HassEvent @event)
    {
        _ = @event.EventType;
        _ = @event.TimeFired;
        _ = @event.Context;
        _ = @event.Data().ValueKind;
    }

    private IDisposable Listen<T>(LiveStream<T> stream, Action<T> read) => stream.Subscribe(new Ear<T>(this, read));

    private sealed class Ear<T>(Listener owner, Action<T> read) : IObserver<T>
    {
        public void OnNext(T value)
        {
            try
            {
                read(value);
            }
            catch (JsonException)
            {
                // The payload is read on demand, and may be broken inside.
            }
            catch (Exception error)
            {
                owner.Complaint = $"What came could not be read, with {error}";
            }
        }

        public void OnCompleted() => owner.HasEnded = true;

        public void OnError(Exception error)
        {
            if (error is not HassSocketException) owner.Complaint = $"A stream ended with {error}";
            owner.HasEnded = true;
        }
    }
}
