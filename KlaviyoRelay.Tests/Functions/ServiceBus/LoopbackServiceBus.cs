using Azure.Core;
using KlaviyoRelay.Functions.ServiceBus;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>Service Bus: records what it is sent and answers by script, then 201.</summary>
internal sealed class LoopbackServiceBus : IAsyncDisposable
{
    public const string HostName = "relay.servicebus.windows.net";

    private readonly LoopbackServer _server;

    private LoopbackServiceBus(LoopbackServer server) => _server = server;

    public IReadOnlyList<ReceivedRequest> Requests => _server.Requests;

    public CountingCredential Credential { get; } = new();

    public static async Task<LoopbackServiceBus> StartAsync() =>
        new(await LoopbackServer.StartAsync(HostName, _ => LoopbackAnswer.Status(201)));

    /// <summary>The next requests get these answers; when they are used up, every request gets 201.</summary>
    public LoopbackServiceBus Answers(params RequestDelegate[] answers)
    {
        _server.Answers(answers);
        return this;
    }

    /// <summary>From here on the port refuses connections.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>The code under test, with its own options but for delays that are too short to notice.</summary>
    public ServiceBusRestQueue CreateQueue(Action<RetryOptions>? configure = null, TokenCredential? credential = null)
    {
        var options = new ServiceBusRestOptions { Transport = _server.Transport };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        // A busy machine may take its time for a TLS handshake.
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        configure?.Invoke(options.Retry);
        return new ServiceBusRestQueue(HostName, credential ?? Credential, options);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
