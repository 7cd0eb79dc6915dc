using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>What the house remembers across restarts, besides its states; opened when somebody asks.</summary>
internal sealed class HouseStorage(House house)
{
    public static IEnumerable<ICommandHandler> Commands { get; } =
    [
        .. AreaCommands.All, .. FloorCommands.All, .. LabelCommands.All, .. CategoryCommands.All, .. DeviceCommands.All, .. EntityCommands.All,
        .. EntryCommands.All, .. IssueList.Commands, .. NotificationCommands.All, .. TodoCommands.All, .. CollectionCommands.All,
        .. RecordedAnswers.All,
    ];

    private JsonObject Seed => field ??= SeedReader.Registries;

    public RegistrySet Registries => field ??= new RegistrySet(house, Seed);

    public EntryList Entries => field ??= new EntryList(Seed["entries"]!.AsArray(), Seed["manifests"]!.AsArray());

    public IssueList Issues => field ??= new IssueList(house, Seed["issues"]!.AsArray());

    public NotificationBoard Notifications => field ??= new NotificationBoard(house, Seed["notifications"]!.AsArray());

    public TodoLists Todo => field ??= new TodoLists(house);

    public CollectionSet Collections => field ??= new CollectionSet(house);

    /// <summary>What a real house answered to commands that only read, by their type.</summary>
    public JsonObject Answers => Seed["answers"]!.AsObject();
}
