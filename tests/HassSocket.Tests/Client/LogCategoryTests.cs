using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Xunit;

namespace HassSocket.Tests.Client;

public sealed class LogCategoryTests
{
    [Theory]
    [InlineData("", "HassSocket")]
    [InlineData("cabin", "HassSocket.cabin")]
    public async Task The_log_tells_which_house_it_speaks_of(string name, string category)
    {
        var loggers = Substitute.For<ILoggerFactory>();
        loggers.CreateLogger(Arg.Any<string>()).Returns(NullLogger.Instance);

        await using var hass = new HassSocketClient(new HassSocketOptions { BaseUrl = "http://house.local", Token = "t0ken", Name = name }, loggers);

        loggers.Received(1).CreateLogger(category);
    }
}
