namespace HassSocket.Testing.Simulator;

/// <summary>Makes context ids: 48 bits of milliseconds and 80 random ones in Crockford's base 32.</summary>
internal static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(DateTimeOffset time, Random random) => string.Create(26, (time, random), static (text, source) =>
    {
        var milliseconds = source.time.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(milliseconds & 31)];
            milliseconds >>= 5;
        }

        source.random.GetItems(Alphabet, text[10..]);
    });
}
