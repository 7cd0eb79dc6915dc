namespace HassSocket.Testing.Simulator;

/// <summary>All services and how they are called.</summary>
internal sealed class GetServicesCommand : ICommandHandler
{
    public string Type => "get_services";

    public Schema? Schema => Schema.Nothing;

    public void Handle(CommandRequest request) => request.Result(request.House.Services.Describe(request.House.Lifecycle.HasLoaded));
}
