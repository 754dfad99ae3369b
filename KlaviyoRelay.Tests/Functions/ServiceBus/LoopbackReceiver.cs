using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>Hands out a queue's messages under lock, and settles them as the receiver says.</summary>
internal sealed class LoopbackReceiver(LoopbackQueue queue, Func<Error?> refusesSettlement) : LinkEndpoint
{
    private readonly ConcurrentDictionary<Message, long> _locked = new(ReferenceEqualityComparer.Instance);
    private int _credit;

    public override void OnFlow(FlowContext flowContext)
    {
        if (flowContext.Link.IsDraining)
        {
            _credit = 0;
            flowContext.Link.CompleteDrain();
            return;
        }

        _credit += flowContext.Messages;
        Deliver(flowContext.Link);
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Without a receiver's word: the link was closed, which ends no lock.
        if (dispositionContext.Link.IsClosed || !_locked.TryRemove(dispositionContext.Message, out var number))
        {
            return;
        }

        if (refusesSettlement() is { } error)
        {
            queue.Unlock(number);
            Answer(dispositionContext, new Rejected { Error = error });
            return;
        }

        if (dispositionContext.DeliveryState is Accepted)
        {
            queue.Remove(number);
        }
        else
        {
            queue.Unlock(number);
        }

        Answer(dispositionContext, dispositionContext.DeliveryState);
        Deliver(dispositionContext.Link);
    }

    // What was given back may come again, as long as the receiver asks for more.
    private void Deliver(ListenerLink link)
    {
        while (_credit > 0 && queue.Receive() is var (number, message))
        {
            _credit--;
            _locked[message] = number;
            link.SendMessage(message);
        }
    }

    private static void Answer(DispositionContext disposition, DeliveryState state) => disposition.Link.DisposeMessage(disposition.Message, state, settled: true);

    public override void OnMessage(MessageContext messageContext) => messageContext.Complete(new Error(ErrorCode.NotAllowed));

    /// <summary>Service Bus's delivery tags are lock tokens.</summary>
    internal sealed class LockTokens : IHandler
    {
        public bool CanHandle(EventId id) => id == EventId.SendDelivery;

        public void Handle(Event protocolEvent) => ((IDelivery)protocolEvent.Context).Tag = Guid.NewGuid().ToByteArray();
    }
}
