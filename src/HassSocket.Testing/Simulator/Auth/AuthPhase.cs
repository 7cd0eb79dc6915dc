using System.Text.Json;

namespace HassSocket.Testing.Simulator;

/// <summary>The time before a connection is let in: one message, a verdict, and a limit.</summary>
internal sealed class AuthPhase(ServerConnection connection)
{
    private static readonly Schema AuthSchema = new(
        Field.Required("type", Checks.Only("auth")),
        Field.Optional("access_token", Checks.Text),
        Field.Optional("api_password", Checks.Text));

    private readonly List<ServerFrame> _postponed = [];
    private ITimer? _limit;

    /// <summary>Whether the verdict is being held back.</summary>
    public bool IsUndecided { get; private set; }

    private House House => connection.House;

    public void Begin()
    {
        _limit = House.Time.CreateTimer(
            _ => House.Ticks.Run(GiveUp), null, House.Options.AuthTimeout, Timeout.InfiniteTimeSpan);
        connection.Send(Messages.AuthRequired(House.Options.Version));
    }

    public void Take(JsonElement message)
    {
        End();
        IsUndecided = true;
        House.Admission.Pass(() => House.Ticks.Run(() => Conclude(message)));
    }

    public void Postpone(ServerFrame frame) => _postponed.Add(frame);

    public void End() => _limit?.Dispose();

    private void GiveUp()
    {
        if (connection.User is null && !IsUndecided) connection.Close();
    }

    private void Conclude(JsonElement message)
    {
        IsUndecided = false;
        if (AuthSchema.Check(message) is { } fault)
        {
            Refuse($"Auth message incorrectly formatted: {fault}");
            return;
        }

        var token = message.TryGetProperty("access_token", out var value) ? value.GetString() : null;
        if (House.Tokens.FindByAccessToken(token) is not { } login)
        {
            Refuse("Invalid access token or password");
            return;
        }

        connection.Login = login;
        connection.Send(Messages.AuthOk(House.Options.Version));

        // Registered after the sending, so that auth_ok has left before anything goes wrong.
        House.Ticks.Afterwards(() => House.Ticks.Run(() => House.Scripts.LoggedIn(connection.Face)));
        var postponed = _postponed.ToArray();
        _postponed.Clear();
        foreach (var frame in postponed) connection.Receive(frame);
    }

    private void Refuse(string message)
    {
        connection.Send(Messages.AuthInvalid(message));
        connection.Close(dropsWaiting: false);
    }
}
