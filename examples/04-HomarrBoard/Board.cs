using HassSocket.Trpc;
using Spectre.Console;

namespace HomarrBoard;

/// <summary>The board in the terminal: a line for each widget, below them how the connection stands.</summary>
internal sealed class Board
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly TrpcClient _client;
    private readonly string _title;
    private readonly List<Widget> _widgets = [];
    private string _news = "";
    private int _connections;

    public Board(TrpcClient client, string title)
    {
        (_client, _title) = (client, title);
        client.OnConnect.Subscribe(_ => _connections++);
    }

    /// <summary>A widget that shows the latest item.</summary>
    public void Add<T>(string name, string path, Func<T, string> word)
    {
        var (widget, items) = (AddWidget(name), _client.Subscribe<T>(path));
        items.StatusChanges.Subscribe(widget.Show);
        items.Subscribe(item => widget.Show(word(item)));
    }

    /// <summary>A widget whose items have ids, so that every one of them is accounted for.</summary>
    public void AddTracked<T>(string name, string path, Func<T, string> word)
    {
        var (widget, items) = (AddWidget(name), _client.SubscribeTracked<T>(path));
        items.StatusChanges.Subscribe(widget.Show);
        items.Subscribe(item => widget.Show(word(item.Data), item.Id));
    }

    /// <summary>Tells what happens, below the board.</summary>
    public void Tell(string news) => _news = news;

    /// <summary>Paints the board while something happens.</summary>
    public async Task PaintAsync(Task meanwhile)
    {
        // Where the output cannot be painted over, one picture at the end says it all.
        if (!AnsiConsole.Profile.Capabilities.Ansi)
        {
            await meanwhile;
            AnsiConsole.Write(Picture());
            return;
        }

        await AnsiConsole.Live(Picture()).StartAsync(async live =>
        {
            while (!meanwhile.IsCompleted)
            {
                live.UpdateTarget(Picture());
                await Task.WhenAny(meanwhile, Task.Delay(Pace));
            }

            live.UpdateTarget(Picture());
        });
        await meanwhile;
    }

    /// <returns>The exit code: 0 when every tracked item came once.</returns>
    public int End()
    {
        var wrong = _widgets.Sum(widget => widget.Wrong);
        AnsiConsole.WriteLine($"{_widgets.Sum(widget => widget.Items)} values over {_connections} connection{(_connections == 1 ? "" : "s")}. Notifications are tracked: {wrong} lost or doubled.");
        AnsiConsole.WriteLine("The others missed what happened while there was no line. Next: docs/trpc.md.");
        return wrong == 0 ? 0 : 1;
    }

    private Widget AddWidget(string name)
    {
        var widget = new Widget(name);
        _widgets.Add(widget);
        return widget;
    }

    private Table Picture()
    {
        var table = new Table().RoundedBorder().Title(Markup.Escape(_title), new Style(decoration: Decoration.Bold));
        foreach (var (name, width) in new[] { ("Widget", 12), ("Now", 25), ("Items", 5), ("Missed", 8), ("Status", 8) })
            table.AddColumn(new TableColumn(name) { Width = width, NoWrap = true });
        foreach (var widget in _widgets) table.AddRow([.. widget.Cells.Select(Markup.Escape)]);
        return table.Caption(Markup.Escape($"{_client.State}. {_news}"));
    }
}
