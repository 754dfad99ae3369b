using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Sasl;
using Azure.Messaging.ServiceBus;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>
/// Service Bus by AMQP 1.0 on this machine: answers claims, takes messages for the relay's queues, records them, and
/// hands them out to those who peek or receive.
/// </summary>
internal sealed class LoopbackServiceBus : ILinkProcessor, IRequestProcessor, IAsyncDisposable
{
    /// <summary>What the Standard tier takes in one transfer.</summary>
    public const int MaxMessageSize = 256 * 1024;

    private const uint MaxDeliveries = 10;

    private readonly ContainerHost _host;
    private readonly ConcurrentQueue<SentMessage> _sent = new();
    private ServiceProvider? _services;
    private readonly Dictionary<string, LoopbackQueue> _queues = [];
    private int _transfers;

    /// <param name="clock">Says what is due; null for the machine's.</param>
    public LoopbackServiceBus(TimeProvider? clock = null)
    {
        var port = Repository.FreePort();
        ConnectionString = $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=all;SharedAccessKey=a2V5;UseDevelopmentEmulator=true;";
        _host = new ContainerHost(new Address($"amqp://127.0.0.1:{port}"));
        _host.Listeners[0].SASL.EnableMechanism("MSSBCBS", SaslProfile.Anonymous);
        _host.Listeners[0].SASL.EnableAnonymousMechanism = true;
        _host.Listeners[0].HandlerFactory = _ => new LoopbackReceiver.LockTokens();
        _host.RegisterRequestProcessor("$cbs", this);
        foreach (var name in QueueNames.All.SelectMany(queue => (string[])[queue, $"{queue}/$DeadLetterQueue"]))
        {
            var queue = _queues[name] = new LoopbackQueue(clock ?? TimeProvider.System, dropsRepeats: name == QueueNames.ConversationEvents);
            _host.RegisterRequestProcessor($"{name}/$management", new LoopbackManagement(queue, () => RefusesSettlement()));
        }

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

    /// <summary>Refuses to settle a received message when it gives an error; the message's lock ends then.</summary>
    public Func<Error?> RefusesSettlement { get; set; } = () => null;

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

    /// <summary>What waits on a queue; by <c>{queue}/$DeadLetterQueue</c>, what was put away.</summary>
    public LoopbackQueue Of(string queue) => _queues[queue];

    /// <summary>Puts away what can be received from a queue, as Service Bus does after too many deliveries.</summary>
    public void PutAway(string queue, string reason, string description)
    {
        while (_queues[queue].Receive() is var (number, message))
        {
            _queues[queue].Remove(number);
            message.ApplicationProperties ??= new ApplicationProperties();
            message.ApplicationProperties["DeadLetterReason"] = reason;
            message.ApplicationProperties["DeadLetterErrorDescription"] = description;
            _queues[$"{queue}/$DeadLetterQueue"].Add(message, MaxDeliveries);
        }
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
        // The role is the client's: true when it receives.
        var isReceiver = attachContext.Attach.Role;
        // The whole address of the queue, or only its path.
        var address = (isReceiver ? (attachContext.Attach.Source as Source)?.Address : (attachContext.Attach.Target as Target)?.Address) ?? "";
        var queue = _queues.Keys.FirstOrDefault(name => $"/{address}".EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase));
        var error = queue is null ? new Error(ErrorCode.NotFound) { Description = "No such queue." } : RefusesLink(queue);
        if (error is not null || queue is null)
        {
            attachContext.Complete(error);
            return;
        }

        if (isReceiver)
        {
            attachContext.Complete(new LoopbackReceiver(_queues[queue], () => RefusesSettlement()), initialCredit: 0);
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
            _queues[queue].Add(message);
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
