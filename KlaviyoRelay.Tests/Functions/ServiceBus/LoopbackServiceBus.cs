using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Sasl;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Queueing;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>Service Bus by AMQP 1.0 on this machine: answers claims, takes messages for the relay's queues and records them.</summary>
internal sealed class LoopbackServiceBus : ILinkProcessor, IRequestProcessor, IAsyncDisposable
{
    /// <summary>What the Standard tier takes in one transfer.</summary>
    public const int MaxMessageSize = 256 * 1024;

    private readonly ContainerHost _host;
    private readonly ConcurrentQueue<SentMessage> _sent = new();
    private ServiceProvider? _services;
    private int _transfers;

    public LoopbackServiceBus()
    {
        var port = Repository.FreePort();
        ConnectionString = $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=all;SharedAccessKey=a2V5;UseDevelopmentEmulator=true;";
        _host = new ContainerHost(new Address($"amqp://127.0.0.1:{port}"));
        _host.Listeners[0].SASL.EnableMechanism("MSSBCBS", SaslProfile.Anonymous);
        _host.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _host.RegisterRequestProcessor("$cbs", this);
        _host.RegisterLinkProcessor(this);
        _host.Open();
    }

    /// <summary>The setting <c>ServiceBusConnection</c> that leads here.</summary>
    public string ConnectionString { get; }

    /// <summary>What was accepted, in order.</summary>
    public IReadOnlyList<SentMessage> Sent => [.. _sent];

    public int Transfers => _transfers;

    public int Links { get; private set; }

    /// <summary>Refuses links when it gives an error.</summary>
    public Func<string, Error?> RefusesLink { get; set; } = _ => null;

    /// <summary>Refuses a transfer when it gives an error.</summary>
    public Func<int, Error?> RefusesTransfer { get; set; } = _ => null;

    /// <summary>Leaves every transfer without an answer.</summary>
    public bool IsSilent { get; set; }

    int IRequestProcessor.Credit => 100;

    /// <summary>The code under test, as the app registers it.</summary>
    public IEventQueue CreateQueue()
    {
        _services ??= new ServiceCollection()
            .AddServiceBusQueue(new ConfigurationBuilder().AddInMemoryCollection([new(QueueNames.Connection, ConnectionString)]).Build())
            .BuildServiceProvider();
        return _services.GetRequiredService<IEventQueue>();
    }

    /// <summary>From here on the port refuses connections.</summary>
    public void Stop() => _host.Close();

    void IRequestProcessor.Process(RequestContext requestContext) => requestContext.Complete(new Message
    {
        Properties = new Properties(),
        ApplicationProperties = new ApplicationProperties { ["status-code"] = 202, ["status-description"] = "Accepted" },
    });

    void ILinkProcessor.Process(AttachContext attachContext)
    {
        // The whole address of the queue, or only its path.
        var queue = ((attachContext.Attach.Target as Target)?.Address ?? "").Split('/')[^1];
        var error = QueueNames.All.Contains(queue) ? RefusesLink(queue) : new Error(ErrorCode.NotFound) { Description = "No such queue." };
        if (error is not null)
        {
            attachContext.Complete(error);
            return;
        }

        Links++;
        attachContext.Attach.MaxMessageSize = MaxMessageSize;
        attachContext.Complete(new Endpoint(this, queue), initialCredit: 100);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.GetRequiredService<ServiceBusClient>().DisposeAsync();
            await _services.DisposeAsync();
        }

        _host.Close();
    }

    private void Take(string queue, MessageContext context)
    {
        var transfer = Interlocked.Increment(ref _transfers);
        if (IsSilent)
        {
            return;
        }

        if (RefusesTransfer(transfer) is { } error)
        {
            context.Complete(error);
            return;
        }

        foreach (var message in SentMessage.Unpack(context.Message))
        {
            _sent.Enqueue(SentMessage.Of(queue, transfer, message));
        }

        context.Complete();
    }

    private sealed class Endpoint(LoopbackServiceBus serviceBus, string queue) : LinkEndpoint
    {
        public override void OnMessage(MessageContext messageContext) => serviceBus.Take(queue, messageContext);

        public override void OnFlow(FlowContext flowContext)
        {
        }

        public override void OnDisposition(DispositionContext dispositionContext)
        {
        }
    }
}
