namespace HassSocket.Core.Tests.Support;

public sealed class TestOptions : ConnectionOptions;
