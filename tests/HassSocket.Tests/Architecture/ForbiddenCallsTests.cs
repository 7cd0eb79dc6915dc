using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace HassSocket.Tests.Architecture;

/// <summary>Reads what the shipped assemblies call: wall clocks, real waits, consoles and exits are not for a library.</summary>
public sealed class ForbiddenCallsTests
{
    private static readonly string[] Forbidden =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow",
        "Environment.get_TickCount", "Environment.get_TickCount64", "Environment.Exit", "Environment.FailFast", "Thread.Sleep",
        "Debugger.Break", "Debugger.Launch", "Stopwatch.", "Console.", "Timer..ctor(TimerCallback", "System.Timers.",
        "Task.Delay(TimeSpan)", "Task.Delay(TimeSpan,CancellationToken)", "Task.Delay(Int32", "PeriodicTimer..ctor(TimeSpan)",
        "CancellationTokenSource..ctor(TimeSpan)", "CancellationTokenSource..ctor(Int32)", "CancellationTokenSource.CancelAfter",
    ];

    public static TheoryData<string> Assemblies => Shipped.Names;

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_library_asks_its_time_provider_and_leaves_the_process_alone(string assembly)
    {
        var calls = Calls(Shipped.Named(assembly).Location);

        Assert.Contains(calls, call => call.StartsWith("TimeProvider.", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => Forbidden.Any(bad => call.StartsWith(bad, StringComparison.Ordinal)));
    }

    private static List<string> Calls(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(metadata.GetMemberReference).Where(IsMethodOfType).Select(call => Describe(metadata, call)).Distinct()];

        bool IsMethodOfType(MemberReference call) =>
            call.Parent.Kind == HandleKind.TypeReference && call.GetKind() == MemberReferenceKind.Method;
    }

    private static string Describe(MetadataReader metadata, MemberReference call)
    {
        var type = metadata.GetTypeReference((TypeReferenceHandle)call.Parent);
        var parameters = call.DecodeMethodSignature(new Names(metadata), null).ParameterTypes;
        return $"{metadata.GetString(type.Name)}.{metadata.GetString(call.Name)}({string.Join(",", parameters)})";
    }

    private sealed class Names(MetadataReader metadata) : ISignatureTypeProvider<string, object?>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            metadata.GetString(metadata.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            metadata.GetString(metadata.GetTypeReference(handle).Name);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "?";

        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "*";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "T" + index;

        public string GetGenericTypeParameter(object? genericContext, int index) => "T" + index;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetSZArrayType(string elementType) => elementType + "[]";
    }
}
