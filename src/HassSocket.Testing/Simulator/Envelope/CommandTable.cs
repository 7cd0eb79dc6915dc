namespace HassSocket.Testing.Simulator;

/// <summary>The handlers by type of command.</summary>
internal sealed class CommandTable
{
    private readonly Dictionary<string, ICommandHandler> _handlers = [];

    public CommandTable()
    {
        ICommandHandler[] handlers =
        [
            new PingCommand(),
            new SupportedFeaturesCommand(),
            new GetStatesCommand(),
            new GetConfigCommand(),
            new GetServicesCommand(),
            new CurrentUserCommand(),
            new RefreshTokensCommand(),
            new DeleteRefreshTokenCommand(),
            new DeleteAllRefreshTokensCommand(),
            new SetTokenExpiryCommand(),
            new LongLivedTokenCommand(),
            new SignPathCommand(),
            new ListUsersCommand(),
            new FireEventCommand(),
            new SubscribeEventsCommand(),
            new UnsubscribeEventsCommand(),
            new SubscribeEntitiesCommand(),
            new SubscribeTriggerCommand(),
            new SubscribeBootstrapCommand(),
            new IntegrationWaitCommand(),
            new CallServiceCommand(),
            .. HouseStorage.Commands,
            new RenderTemplateCommand(),
            new TestConditionCommand(),
            new SubscribeConditionCommand(),
            new ExecuteScriptCommand(),
            new ValidateConfigCommand(),
            new HistoryDuringPeriodCommand(),
            new HistoryStreamCommand(),
            new LogbookGetEventsCommand(),
            new LogbookEventStreamCommand(),
        ];
        foreach (var handler in handlers) Set(handler);
    }

    public ICommandHandler? Find(string type) => _handlers.GetValueOrDefault(type);

    public void Set(ICommandHandler handler) => _handlers[handler.Type] = handler;

    public void Remove(string type) => _handlers.Remove(type);
}
