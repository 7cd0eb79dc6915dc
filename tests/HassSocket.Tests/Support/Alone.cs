using Xunit;

namespace HassSocket.Tests.Support;

/// <summary>Tests that measure the whole process, so that no other test may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
