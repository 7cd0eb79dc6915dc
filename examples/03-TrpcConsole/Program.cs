using HassSocket;
using HassSocket.Trpc;
using TrpcConsole;

// A notice board over tRPC: its server runs on Node where Node and its packages are there, else in this program.
var story = new Story();
try
{
    await using var server = await NoticeServer.OpenAsync();
    await using var board = new TrpcClient(new TrpcClientOptions { Url = server.Url });
    using var states = board.StateChanges.Subscribe(story.Tell);
    using var notices = board.SubscribeTracked<Notice>("notice.onAdd").Subscribe(story.Tell);

    story.Say(server.Introduction);
    story.Chapter("Connect");
    await board.StartAsync();

    story.Chapter("Ask a query");
    foreach (var notice in (await board.QueryAsync<Notice[]>("notice.list"))!) story.Say($"'{notice.Text}', by {notice.By}");

    story.Chapter("Run a mutation, and hear what it does");
    await board.MutateAsync<Notice>("notice.add", new { text = "Tea at five", by = "the console" });
    await story.HeardAsync("Tea at five");

    story.Chapter("Send a wrong input, and be told what is wrong");
    await story.AttemptAsync("a notice without text", () => board.MutateAsync<Notice>("notice.add", new { text = "", by = "the console" }));

    story.Chapter("The server restarts, and no notice is lost");
    await board.MutateAsync<bool>("server.restart");
    await story.HeardAsync("Written while nobody was connected");
    story.Say("the subscription went on behind the last notice it had seen");

    if (args.Contains("--watch")) await story.WatchAsync(PostLinesAsync);
    return story.End(server.WhatNext);

    async Task PostLinesAsync(CancellationToken end)
    {
        story.Say("Type a line, and Enter puts it on the board.");
        while (await story.ReadLineAsync(end) is { } line)
            await story.AttemptAsync($"'{line}'", () => board.MutateAsync<Notice>("notice.add", new { text = line, by = "you" }));
    }
}
catch (Exception problem) when (problem is HassSocketException or InvalidOperationException or TimeoutException)
{
    return story.Fail(problem.Message);
}
