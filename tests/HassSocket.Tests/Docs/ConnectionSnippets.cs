using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;

namespace HassSocket.Tests.Docs;

/// <summary>The code of docs/connection.md; compiled, not run.</summary>
internal static class ConnectionSnippets
{
    public static void WatchStates(IHassSocket hass)
    {
        // <snippet:watch-states>
        using var states = hass.StateChanges.Subscribe(change =>
        {
            Console.WriteLine($"{change.Previous} -> {change.Current} {change.Explanation}");
            if (change.NextAttemptIn is { } wait) Console.WriteLine($"The next attempt is in {wait.TotalSeconds:0.0} s");
        });
        // </snippet:watch-states>
    }

    public static void WatchConnects(IHassSocket hass)
    {
        // <snippet:watch-connects>
        using var connects = hass.OnConnect.Subscribe(connection =>
        {
            if (connection.GapReason != EndReason.None)
                Console.WriteLine($"Back after {connection.GapLength} ({connection.GapReason})");
        });
        // </snippet:watch-connects>
    }

    public static void Reconnect(IServiceCollection services)
    {
        // <snippet:reconnect-pipeline>
        services.AddHassSocket(options =>
        {
            options.UseEnvironment();
            options.ConfigureReconnect = pipeline => pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 20,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(5),
                MaxDelay = TimeSpan.FromMinutes(2),
                UseJitter = true,
            });
        });
        // </snippet:reconnect-pipeline>
    }

    public static void Tls(HassSocketOptions options, string password)
    {
        // <snippet:tls>
        options.Tls.ExtraAuthorities.Add(X509CertificateLoader.LoadCertificateFromFile("/etc/ssl/home-ca.crt"));
        options.Tls.ClientCertificate = X509CertificateLoader.LoadPkcs12FromFile("/run/secrets/client.pfx", password);
        // </snippet:tls>
    }
}
