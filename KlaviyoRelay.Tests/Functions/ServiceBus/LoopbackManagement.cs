using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace KlaviyoRelay.Tests.Functions.ServiceBus;

/// <summary>Answers requests about a queue: peeks at messages, and cancels scheduled ones.</summary>
internal sealed class LoopbackManagement(LoopbackQueue queue, Func<Error?> refusesSettlement) : IRequestProcessor
{
    int IRequestProcessor.Credit => 100;

    void IRequestProcessor.Process(RequestContext requestContext)
    {
        var asked = (Map)((AmqpValue)requestContext.Message.BodySection).Value;
        requestContext.Complete($"{requestContext.Message.ApplicationProperties["operation"]}" switch
        {
            "com.microsoft:peek-message" => Peek(asked),
            "com.microsoft:cancel-scheduled-message" => Cancel(asked),
            // The SDK asks here when the link refused to settle, which ended the lock.
            "com.microsoft:update-disposition" => refusesSettlement() is { } error ? Refusal(401, error.Condition) : Refusal(410, "com.microsoft:message-lock-lost"),
            var other => Answer(501, other),
        });
    }

    private Message Peek(Map asked)
    {
        var peeked = new List();
        foreach (var message in queue.Peek((long)asked["from-sequence-number"], (int)asked["message-count"]))
        {
            peeked.Add(new Map { ["message"] = message });
        }

        return peeked.Count == 0 ? Answer(204, "No content") : Answer(200, "OK", new Map { ["messages"] = peeked });
    }

    private Message Cancel(Map asked) =>
        ((long[])asked["sequence-numbers"]).All(queue.Cancel) ? Answer(200, "OK") : Refusal(404, "com.microsoft:message-not-found");

    private static Message Refusal(int status, string condition)
    {
        var answer = Answer(status, condition);
        answer.ApplicationProperties["errorCondition"] = new Symbol(condition);
        return answer;
    }

    private static Message Answer(int status, string description, Map? body = null) => new()
    {
        Properties = new Properties(),
        ApplicationProperties = new ApplicationProperties { ["statusCode"] = status, ["statusDescription"] = description },
        BodySection = new AmqpValue { Value = body ?? [] },
    };
}
