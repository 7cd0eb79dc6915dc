using System.Reflection;
using HassSocket.Testing;
using HassSocket.Trpc;
using Xunit;

namespace HassSocket.Tests.Architecture;

/// <summary>The assemblies that users get.</summary>
internal static class Shipped
{
    public static readonly Assembly Core = typeof(Connection).Assembly;
    public static readonly Assembly Sdk = typeof(HassSocketClient).Assembly;
    public static readonly Assembly Trpc = typeof(TrpcClient).Assembly;
    public static readonly Assembly Testing = typeof(ManualTimeProvider).Assembly;

    public static TheoryData<string> Names => [.. All.Select(assembly => assembly.GetName().Name!)];

    private static Assembly[] All => [Core, Sdk, Trpc, Testing];

    public static Assembly Named(string name) => All.Single(assembly => assembly.GetName().Name == name);
}
