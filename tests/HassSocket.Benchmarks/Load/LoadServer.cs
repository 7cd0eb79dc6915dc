using System.Net;
using System.Net.Sockets;

namespace HassSocket.Benchmarks.Load;

/// <summary>A server that is never the bottleneck: prepared bytes, blocking sockets, one thread a connection.</summary>
/// <remarks>
/// It knows as much of Home Assistant's API, and of tRPC, as the load needs; what it sends is said by the path of the upgrade, see <see cref="LoadPlan"/>.
/// Prints its port, then one line for each load that it has sent, and stops when its standard input ends.
/// </remarks>
internal static class LoadServer
{
    public static int Run()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        new Thread(() => Accept(listener)) { IsBackground = true }.Start();
        while (Console.In.ReadLine() is not null)
        {
        }

        return 0;
    }

    private static void Accept(Socket listener)
    {
        while (true)
        {
            var socket = listener.Accept();
            socket.NoDelay = true;
            new Thread(() => Serve(socket)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket socket)
    {
        try
        {
            using var stream = new FrameStream(socket);
            var plan = LoadPlan.Parse(stream.Upgrade());
            if (plan.Protocol == LoadPlan.Trpc) new TrpcLoadConnection(stream, plan).Run();
            else new LoadConnection(stream, plan).Run();
        }
        catch (Exception end) when (end is SocketException or EndOfStreamException)
        {
            // The client has what it wanted.
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"The load server failed: {error}");
        }
    }
}
