using System.Text.Json.Nodes;

namespace HassSocket.Testing.Simulator;

/// <summary>The commands and services about notifications.</summary>
internal static class NotificationCommands
{
    private const string Domain = "persistent_notification";

    public static IEnumerable<ICommandHandler> All { get; } =
    [
        new FamilyCommand(Domain + "/get", request => request.Answer(Of(request.House).All)),
        new FamilyCommand(Domain + "/subscribe", Subscribe),
    ];

    public static void Teach(House house)
    {
        house.Services.Teach(Domain, "create", call => Do(() =>
            Of(house).Create(call.Data["message"].Text() ?? "", call.Data["title"].Text(), call.Data["notification_id"].Text())));
        house.Services.Teach(Domain, "dismiss", call => Do(() => Of(house).Dismiss(call.Data["notification_id"].Text() ?? "")));
        house.Services.Teach(Domain, "dismiss_all", _ => Do(Of(house).DismissAll));
    }

    private static NotificationBoard Of(House house) => house.Storage.Notifications;

    private static Task<JsonNode?> Do(Action work)
    {
        work();
        return Task.FromResult<JsonNode?>(null);
    }

    private static void Subscribe(CommandRequest request)
    {
        request.Connection.Subscribe(request.Id, Of(request.House).Listen((type, notification) => request.Event(Change(type, [notification]))));
        request.Result();
        request.Event(Change("current", Of(request.House).All));
    }

    private static JsonObject Change(string type, IEnumerable<JsonObject> notifications)
    {
        var byId = new JsonObject();
        foreach (var notification in notifications) byId[notification["notification_id"].Text()!] = notification.DeepClone();
        return new JsonObject { ["type"] = type, ["notifications"] = byId };
    }
}
