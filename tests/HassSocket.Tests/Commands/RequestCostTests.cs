using HassSocket.Tests.Support;
using Xunit;

namespace HassSocket.Tests.Commands;

[Collection(Alone.Name)]
public sealed class RequestCostTests
{
    private const int Requests = 1_000;
    private const int Tries = 5;

#if DEBUG
    // Without optimisation every asynchronous method costs an object more.
    private const int MostBytes = 1_500;
#else
    private const int MostBytes = 640;
#endif

    [Fact]
    public async Task A_service_call_and_its_answer_keep_to_their_budget_of_memory()
    {
        var server = new AnsweringTransport("""{"context":{"id":"01M831JC3W7QAYY4BFTD8KAWCQ","parent_id":null,"user_id":"4e801d2ac44d49a0a3983c010f4bbbc5"},"response":null}""");
        var options = new HassSocketOptions
        {
            BaseUrl = "http://house.test",
            Token = "token",
            SocketWarnRequestsPerSec = double.PositiveInfinity,
            SocketCrashRequestsPerSec = double.PositiveInfinity,
        };
        await using var hass = new HassSocketClient(options, transportFactory: server);
        await hass.StartAsync(TestContext.Current.CancellationToken);

        // What is used again is kept for each thread: a call that wanders between threads pays for it once more. The least counts.
        var costs = new List<long>();
        for (var i = 0; i < Tries; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await CallAsync(hass);
            costs.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / Requests);
        }

        Assert.InRange(costs.Min(), 1, MostBytes);
    }

    private static async Task CallAsync(HassSocketClient hass)
    {
        for (var i = 0; i < Requests; i++)
            Assert.NotNull(await hass.SendMessageAsync(new CallServiceCommand("light", "turn_on") { Target = Target.Entity("light.desk") }));
    }
}
