using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands of a connection that was let in: one by one or in arrays, each with the rules for ids.</summary>
internal sealed class CommandPhase(ServerConnection connection)
{
    private ulong _lastId;

    public void Take(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Array)
        {
            TakeOne(message);
            return;
        }

        foreach (var item in message.EnumerateArray()) TakeOne(item);
    }

    private void TakeOne(JsonElement message)
    {
        // A fault may have ended the connection in the middle of an array.
        if (connection.IsClosing) return;
        if (message.ValueKind != JsonValueKind.Object)
        {
            Refuse("0", Errors.Malformed);
            return;
        }

        var echo = message.TryGetProperty("id", out var id) ? Echo(id) : "null";
        if (id.ValueKind != JsonValueKind.Number || !id.TryGetUInt64(out var number) || number == 0 || TypeOf(message) is not { } type)
        {
            Refuse(echo, Errors.Malformed);
            return;
        }

        connection.House.Scripts.Commanded(connection.Face, type);
        if (connection.IsClosing) return;
        if (number <= _lastId)
        {
            Refuse(echo, Errors.IdReuse);
        }
        else if (Find(type) is { } handler)
        {
            _lastId = number;
            Handle(handler, new CommandRequest(connection, number, type, message));
        }
        else
        {
            Refuse(echo, Errors.UnknownCommand);
        }
    }

    /// <summary>A type whose integration has not loaded yet is as unknown as any other.</summary>
    private ICommandHandler? Find(string type)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && !connection.House.Lifecycle.HasLoaded(type[..slash]) ? null : connection.House.Commands.Find(type);
    }

    private static void Handle(ICommandHandler handler, CommandRequest request)
    {
        try
        {
            if (handler.Schema?.CheckCommand(request.Message) is { } fault) throw Errors.InvalidFormat(fault);
            if (handler.NeedsAdmin && !request.User.IsAdmin) throw Errors.Unauthorized;
            handler.Handle(request);
        }
        catch (SimulatedErrorException error)
        {
            request.Fail(error);
        }
        catch (Exception)
        {
            // The real server has these words for whatever its code did not expect.
            request.Fail(Errors.Unknown);
        }
    }

    private static string? TypeOf(JsonElement message)
        => message.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static string Echo(JsonElement id) => id.ValueKind == JsonValueKind.Number
        ? PythonText.Number(id)
        : System.Text.Encoding.UTF8.GetString(JsonBytes.Write(id.WriteTo));

    private void Refuse(string id, SimulatedErrorException error) => connection.Send(Messages.Error(id, error));
}
