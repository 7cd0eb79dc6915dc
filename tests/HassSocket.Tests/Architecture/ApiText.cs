using System.Reflection;
using System.Text;

namespace HassSocket.Tests.Architecture;

/// <summary>The public face of an assembly as text: a line a type, a line a member, sorted.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var line in Members(type).Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = type.IsEnum ? [] : Bases(type).ToList();
        return $"{kind} {type.Namespace}.{Name(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}";
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.BaseType is { } @base && @base != typeof(object) && @base != typeof(ValueType)) yield return Name(@base);
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        foreach (var one in type.GetInterfaces().Except(inherited).Where(one => one.IsPublic).Select(Name).Order(StringComparer.Ordinal)) yield return one;
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        return type.GetMembers(Declared).Select(Member).OfType<string>();
    }

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo field when IsVisible(field.IsPublic, field.IsFamily, field.IsFamilyOrAssembly) => $"{Scope(field.IsStatic)}{Name(field.FieldType)} {field.Name}",
        ConstructorInfo made when IsVisible(made) && !made.IsStatic => $"{Access(made)}new({Parameters(made)})",
        PropertyInfo property when Accessors(property) is { Count: > 0 } accessors =>
            $"{Scope(accessors[0].IsStatic)}{Name(property.PropertyType)} {property.Name} {{ {string.Join(" ", accessors.Select(Accessor))} }}",
        MethodInfo method when IsVisible(method) && !method.IsSpecialName && !IsOfRecord(method) =>
            $"{Access(method)}{Scope(method.IsStatic)}{Kind(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        _ => null,
    };

    private static List<MethodInfo> Accessors(PropertyInfo property) =>
        property.Name == "EqualityContract" ? [] : [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];

    private static string Accessor(MethodInfo accessor)
    {
        if (accessor.Name.Contains("get_", StringComparison.Ordinal)) return "get;";
        return accessor.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ? "init;" : "set;";
    }

    // What the compiler adds to records is not ours to approve.
    private static bool IsOfRecord(MethodInfo method) =>
        method.Name is "<Clone>$" or "PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString";

    private static bool IsVisible(MethodBase method) => IsVisible(method.IsPublic, method.IsFamily, method.IsFamilyOrAssembly);

    private static bool IsVisible(bool isPublic, bool isFamily, bool isFamilyOrAssembly) => isPublic || isFamily || isFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Scope(bool isStatic) => isStatic ? "static " : "";

    private static string Kind(MethodInfo method) =>
        method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Name(underlying) + "?";
        if (type.IsGenericParameter || !type.IsGenericType) return type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
