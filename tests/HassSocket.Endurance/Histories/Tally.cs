namespace HassSocket.Endurance.Histories;

/// <summary>How often each act happened.</summary>
internal sealed class Tally
{
    private readonly int[] _counts = new int[Enum.GetValues<Act>().Length];

    /// <summary>After how many steps nothing kept the client from working, so that everything could be checked.</summary>
    public int Clean { get; private set; }

    public int Steps { get; private set; }

    public void CountStep(bool isClean)
    {
        Steps++;
        if (isClean) Clean++;
    }

    public void Count(Act act) => _counts[(int)act]++;

    public int Of(Act act) => _counts[(int)act];

    public override string ToString() => $"  {Steps:N0} steps, {Clean:N0} of them in full order{Environment.NewLine}" +
        string.Join(Environment.NewLine, Enum.GetValues<Act>().Select(act => $"  {(act >= Act.Drop ? "fault " : "")}{act}: {Of(act):N0}"));
}
