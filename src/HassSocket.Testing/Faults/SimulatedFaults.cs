using System.Net;
using System.Text.Json.Nodes;
using HassSocket.Testing.Simulator;

namespace HassSocket.Testing;

/// <summary>What can go wrong with a <see cref="HomeAssistantSimulator"/>.</summary>
public sealed class SimulatedFaults
{
    private readonly House _house;

    internal SimulatedFaults(House house) => _house = house;

    /// <summary>Whether nobody gets in: a dial meets nobody who listens.</summary>
    /// <value>Default: <see langword="false"/>. Connections that are open stay open.</value>
    public bool RefuseConnections { get; set; }

    /// <summary>The HTTP status that answers the upgrade, such as 403 or 502.</summary>
    /// <value>Default: <see langword="null"/>, the upgrade succeeds.</value>
    public HttpStatusCode? UpgradeStatus { get; set; }

    /// <summary>Whether every line, old and new, is dead without anybody being told.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything pass that was held, in order.</value>
    public bool BlackHole
    {
        get => _house.IsBlackHole;
        set
        {
            _house.IsBlackHole = value;
            foreach (var connection in _house.Connections) connection.Face.BlackHole = value;
        }
    }

    /// <summary>Whether the whole server stands still, as a process that was stopped: lines stay up, nothing is read, said or noticed, no timer runs.</summary>
    /// <value>Default: <see langword="false"/>. Setting it back lets everything happen that was to happen meanwhile, what arrived first.</value>
    public bool Frozen
    {
        get => _house.Lifecycle.IsFrozen;
        set => _house.Lifecycle.SetFrozen(value);
    }

    /// <summary>How long a login takes, by the clock of the house.</summary>
    /// <value>Default: no time.</value>
    public TimeSpan AuthDelay
    {
        get => _house.Admission.Delay;
        set => _house.Admission.Delay = value;
    }

    /// <summary>Whether logins are held back without an answer; setting it back answers them.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool HoldAuth
    {
        get => _house.Admission.IsHeld;
        set => _house.Admission.IsHeld = value;
    }

    /// <summary>Breaks all connections without a close frame.</summary>
    public void DropAll() => _house.DropAll();

    /// <summary>Breaks all connections with a reset.</summary>
    public void ResetAll()
    {
        foreach (var connection in _house.Connections) connection.Break(isReset: true);
    }

    /// <summary>Closes all connections; what waits to be sent is lost, as with the real server.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The text that goes with it.</param>
    public void CloseAll(int code = 1000, string reason = "") => _house.CloseAll(code, reason);

    /// <summary>Sends anything to all connections: garbage, half a message, a made-up event.</summary>
    /// <param name="text">The text of the frame.</param>
    public void SendRaw(string text)
    {
        foreach (var connection in _house.Connections) connection.SendRaw(text);
    }

    /// <summary>Fires many events in one moment, as an integration that runs wild; <c>{"number":0}</c> and so on is their data.</summary>
    /// <param name="events">How many. From 4,096 on they cost each client that listens its connection.</param>
    /// <param name="eventType">Their type.</param>
    public void Flood(int events, string eventType = "flood") => _house.Ticks.Run(() =>
    {
        for (var number = 0; number < events; number++)
            _house.Bus.Fire(HouseEvent.Of(eventType, new JsonObject { ["number"] = number }, _house.NewContext(), _house.Now));
    });

    /// <summary>Plays a script beside what goes wrong already.</summary>
    /// <param name="script">The steps.</param>
    /// <returns>A task that ends with the last step.</returns>
    public Task Play(FaultScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return _house.Scripts.Play(script);
    }

    /// <summary>Spoils the answers to a type of command: late, never, twice, in another form.</summary>
    /// <param name="type">The type on the wire.</param>
    /// <param name="fault">What is wrong with them.</param>
    public void SpoilAnswers(string type, AnswerFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _house.Answers.Set(type, fault);
    }

    /// <summary>Spoils the answers to every command whose type has no fault of its own.</summary>
    /// <param name="fault">What is wrong with them.</param>
    public void SpoilAnswers(AnswerFault fault) => SpoilAnswers(AnswerFaults.Any, fault);

    /// <summary>Keeps the answers to a type of command for ever.</summary>
    /// <param name="type">The type on the wire.</param>
    public void NeverAnswer(string type) => SpoilAnswers(type, AnswerFault.Never);

    /// <summary>Delays the answers to a type of command, by the clock of the house.</summary>
    /// <param name="type">The type on the wire.</param>
    /// <param name="delay">How long.</param>
    public void DelayAnswers(string type, TimeSpan delay) => SpoilAnswers(type, AnswerFault.Late(delay));

    /// <summary>Answers a type of command again as it should be.</summary>
    /// <param name="type">The type on the wire.</param>
    public void AnswerAgain(string type) => _house.Answers.Clear(type);

    /// <summary>Takes back what <see cref="SpoilAnswers(AnswerFault)"/> did to every command.</summary>
    public void AnswerAgain() => AnswerAgain(AnswerFaults.Any);
}
