using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>One run of a sequence of actions.</summary>
/// <param name="house">Where it runs.</param>
/// <param name="variables">What its templates see; steps may add to it.</param>
/// <param name="context">What everything that it does carries.</param>
/// <param name="user">Who asked for it.</param>
internal sealed class ScriptRun(House house, JsonObject variables, SimulatedContext context, SimulatedUser? user = null)
{
    public SimulatedContext Context => context;

    /// <summary>What a <c>stop</c> gave back.</summary>
    public JsonNode? Response { get; private set; }

    /// <summary>Why it went no further.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether a <c>stop</c> said that this is an error.</summary>
    public bool WasAborted { get; private set; }

    /// <summary>Runs the steps one after another, until one of them stops.</summary>
    public async Task RunAsync(IReadOnlyList<JsonObject> steps)
    {
        foreach (var step in steps)
        {
            await DoAsync(step).ConfigureAwait(false);
            if (StopReason is not null) return;
        }
    }

    private Task DoAsync(JsonObject step)
    {
        switch (ScriptSteps.KindOf(step))
        {
            case "action" or "service":
                return CallAsync(step);
            case "delay":
                return DelayAsync(step["delay"]);
            case "if":
                return ChooseAsync(Holds(step["if"]) ? step["then"] : step["else"]);
            case "choose":
                return ChooseAsync(Choice(step));
            case "sequence":
                return ChooseAsync(step["sequence"]);
            case "repeat":
                return RepeatAsync(step["repeat"]!.AsObject());
            case "variables":
                foreach (var (name, value) in step["variables"]!.AsObject()) variables[name] = Fill(value);
                break;
            case "stop":
                Stop(step);
                break;
            case "event":
                house.Ticks.Run(() => house.Bus.Fire(HouseEvent.Of(step["event"].Text() ?? "", Fill(step["event_data"]) as JsonObject, context, house.Now)));
                break;
            default:
                if (!Holds(step)) StopReason = "";
                break;
        }

        return Task.CompletedTask;
    }

    private JsonNode? Fill(JsonNode? node) => ScriptValues.Fill(node, house, variables);

    private bool Holds(JsonNode? condition)
    {
        try
        {
            return house.Ticks.Run(() => ConditionReader.Read(condition)(house, variables));
        }
        catch (ConditionErrorException)
        {
            return false;
        }
    }

    private JsonNode? Choice(JsonObject step)
    {
        foreach (var option in step["choose"] is JsonArray options ? [.. options] : new[] { step["choose"] })
        {
            if (Holds(option?["conditions"])) return option!["sequence"];
        }

        return step["default"];
    }

    private Task ChooseAsync(JsonNode? sequence) => sequence is null ? Task.CompletedTask : RunAsync(ScriptSteps.Read(sequence, "sequence"));

    private async Task RepeatAsync(JsonObject repeat)
    {
        var count = (int)(Fill(repeat["count"]).Number() ?? 0);
        for (var i = 0; i < count && StopReason is null; i++)
        {
            variables["repeat"] = new JsonObject { ["index"] = i + 1, ["first"] = i == 0, ["last"] = i == count - 1 };
            await ChooseAsync(repeat["sequence"]).ConfigureAwait(false);
        }
    }

    private void Stop(JsonObject step)
    {
        StopReason = step["stop"].Text() ?? "";
        WasAborted = step["error"].IsTrue();
        if (step["response_variable"].Text() is { } name) Response = variables[name]?.DeepClone();
    }

    private Task DelayAsync(JsonNode? delay)
    {
        var lasts = Duration.Read(Fill(delay)) ?? TimeSpan.Zero;
        return lasts > TimeSpan.Zero ? Task.Delay(lasts, house.Time) : Task.CompletedTask;
    }

    private async Task CallAsync(JsonObject step)
    {
        var name = (step["action"] ?? step["service"]).Text() ?? "";
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var response = step["response_variable"].Text();
        var data = ServiceData.Merge((Fill(step["data"]) ?? Fill(step["service_data"])) as JsonObject, (Fill(step["target"]) ?? new JsonObject()) as JsonObject);
        var call = new SimulatedServiceCall(house.Face, name[..Math.Max(dot, 0)], name[(dot + 1)..], data, context, response is not null) { User = user };
        var result = await house.Ticks.Run(() => CallAsync(call)).ConfigureAwait(false);
        if (response is not null) variables[response] = result?.DeepClone();
    }

    private Task<JsonNode?> CallAsync(SimulatedServiceCall call)
    {
        var service = Prepare(call);
        if (!service.IsForeign) return house.Caller.RunAsync(service, call);

        // The code of a test runs outside the lock.
        var ended = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        house.Ticks.Afterwards(() => house.Own(house.Caller.RunAsync(service, call).ContinueWith(ended.SetFromTask, TaskScheduler.Default)));
        return ended.Task;
    }

    /// <summary>A script has its own words for what a call of a service is refused with.</summary>
    private ServiceEntry Prepare(SimulatedServiceCall call)
    {
        try
        {
            return house.Caller.Prepare(call);
        }
        catch (SimulatedErrorException error) when (error.Code == "not_found")
        {
            throw error.As("service_validation_error", $"Action {call.Domain}.{call.Service} not found");
        }
        catch (SimulatedErrorException error) when (error.Code == "service_validation_error")
        {
            throw error.As(error.Code, error.Message.Replace("Validation error: ", "", StringComparison.Ordinal));
        }
    }
}
