namespace HassSocket.Endurance.Histories;

/// <summary>How often each act happened.</summary>
internal sealed class Tally
{
    private readonly int[] _counts = new int[Enum.GetValues<Act>().Length];

    public void Count(Act act) => _counts[(int)act]++;

    public int Of(Act act) => _counts[(int)act];

    public override string ToString() =>
        string.Join(Environment.NewLine, Enum.GetValues<Act>().Select(act => $"  {(act >= Act.Drop ? "fault " : "")}{act}: {Of(act):N0}"));
}
