namespace HassSocket.Testing.Faults;

/// <summary>What becomes of one frame on its way.</summary>
internal enum FrameFault
{
    None,
    Duplicate,
    Swap,
    Drop,
    Cut,
}
