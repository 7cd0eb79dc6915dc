namespace HassSocket.DependencyInjection;

/// <summary>Tells how many subscriptions wait for a server that cannot serve them yet; the client implements it for the health check.</summary>
internal interface IWaitingSubscriptions
{
    /// <summary>How many subscriptions are <see cref="SubscriptionState.Waiting"/>.</summary>
    int WaitingSubscriptions { get; }
}
