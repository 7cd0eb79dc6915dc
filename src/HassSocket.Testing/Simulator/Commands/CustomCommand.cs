using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>A command that a test brought along; its code runs after the house's own work, outside the lock.</summary>
internal sealed class CustomCommand(string type, Func<SimulatedCommand, Task<JsonNode?>> handler) : ICommandHandler
{
    public string Type => type;

    public Schema? Schema => null;

    public void Handle(CommandRequest request) => request.House.Ticks.Afterwards(() => request.House.Own(AnswerAsync(request)));

    private async Task AnswerAsync(CommandRequest request)
    {
        try
        {
            request.Result(await handler(new SimulatedCommand(request)).ConfigureAwait(false));
        }
        catch (SimulatedErrorException error)
        {
            request.Fail(error);
        }
        catch (Exception failure)
        {
            request.Fail(new SimulatedErrorException("unknown_error", failure.Message.Length > 0 ? failure.Message : "Unknown error"));
        }
    }
}
