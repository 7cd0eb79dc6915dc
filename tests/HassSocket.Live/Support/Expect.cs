using System.Runtime.CompilerServices;

namespace HassSocket.Live;

/// <summary>What must hold; the words of a failure come from the code itself.</summary>
internal static class Expect
{
    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        if (!holds) throw new CheckFailedException($"expected {what}");
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual)) throw new CheckFailedException($"{what} is '{actual}', expected '{expected}'");
    }

    public static async Task<T> ThrowsAsync<T>(Task task)
        where T : Exception
    {
        try
        {
            await task;
        }
        catch (T expected)
        {
            return expected;
        }

        throw new CheckFailedException($"expected {typeof(T).Name}, but it succeeded");
    }

    /// <summary>Expects the server to refuse with one of these codes.</summary>
    public static async Task<HassCommandException> RefusedAsync(Task task, params string[] codes)
    {
        var refusal = await ThrowsAsync<HassCommandException>(task);
        if (!codes.Contains(refusal.Code)) throw new CheckFailedException($"refused with {refusal.Code} ({refusal.ServerMessage}), expected {string.Join(" or ", codes)}");
        return refusal;
    }
}
