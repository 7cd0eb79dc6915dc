namespace HassSocket.DependencyInjection;

/// <summary>One registered Home Assistant.</summary>
/// <param name="Key">The key of its services; <see langword="null"/> for the one without a key.</param>
internal sealed record House(string? Key)
{
    public string OptionsName => Key ?? "";
}
