namespace HassSocket.DependencyInjection;

/// <summary>Makes the socket of a house, not started.</summary>
internal delegate IHassSocket CreateHassSocket(IServiceProvider services, HassSocketOptions options);
