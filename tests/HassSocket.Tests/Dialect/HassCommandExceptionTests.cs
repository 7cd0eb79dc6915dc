using Xunit;

namespace HassSocket.Tests.Dialect;

public class HassCommandExceptionTests
{
    [Theory]
    [InlineData("supervisor/api", "unauthorized", "Unauthorized", "Since Supervisor 2026.08")]
    [InlineData("hassio/update/addon", "unauthorized", "Unauthorized", "http://supervisor/")]
    [InlineData("subscribe_events", "unauthorized", "Unauthorized", "administrator")]
    [InlineData("config/auth/list", "unauthorized", "Unauthorized", "the token are fine")]
    [InlineData("call_service", "home_assistant_error", "Unauthorized", "may not do this with these entities")]
    [InlineData("todo/item/list", "unknown_command", "Unknown command.", "still starting")]
    [InlineData("get_states", "invalid_format", "extra keys not allowed", "explicit null")]
    public void Words_that_mislead_come_with_a_hint(string command, string code, string said, string hint)
    {
        var exception = new HassCommandException(command, code, said);
        Assert.StartsWith($"Home Assistant refused '{command}': {said}", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"({code})", exception.Message, StringComparison.Ordinal);
        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clear_words_stand_alone()
    {
        Assert.Equal("Home Assistant refused 'x/y': Entity not found. (not_found)", new HassCommandException("x/y", "not_found", "Entity not found").Message);
        Assert.Equal("Home Assistant refused a request (failed).", new HassCommandException(null, "failed", "").Message);
    }
}
