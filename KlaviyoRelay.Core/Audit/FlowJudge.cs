using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo.Flows;
using KlaviyoRelay.Core.Klaviyo.Segments;

namespace KlaviyoRelay.Core.Audit;

/// <summary>Whether a flow mails a customer in conversation. Pure.</summary>
public sealed class FlowJudge(AuditedAccount account, IReadOnlyDictionary<string, Segment> segments)
{
    public const string Kind = "flow";

    public AuditedItem Judge(string id, string name, FlowDefinition flow)
    {
        var walks = account.Customers.Select(customer =>
        {
            var judge = new ConditionJudge(customer, segments);
            return (customer.Connection, Received: FlowWalk.Of(flow, judge), judge.Doubts);
        }).ToList();
        IReadOnlyList<string> Messages(Likelihood likelihood) =>
            [.. flow.Steps.Values.Where(step => walks.Exists(walk => walk.Received.TryGetValue(step.Id, out var got) && got == likelihood)).Select(step => step.Name)];

        AuditedItem Found(AuditVerdict verdict, string reason, IReadOnlyList<string> messages, string? fix = null) => new(Kind, id, name, verdict, reason, messages, fix);

        if (Messages(Likelihood.Possible) is { Count: > 0 } open)
        {
            if (flow.Metrics.Where(account.OwnMetrics.ContainsKey).Select(metric => account.OwnMetrics[metric]).FirstOrDefault() is { } own)
            {
                return Found(AuditVerdict.ByOurOwnEvents, $"`{own}` starts it, an event of the relay.", open);
            }

            var reached = walks.Where(walk => walk.Received.Values.Contains(Likelihood.Possible)).Select(walk => walk.Connection).Distinct().ToList();
            return Found(AuditVerdict.Unprotected, $"A customer in conversation ({Names(reached)}) gets them.", open, FilterText.OfFlow(reached));
        }

        if (Messages(Likelihood.Unclear) is { Count: > 0 } unclear)
        {
            return Found(AuditVerdict.Unknown, $"Can't be judged: {string.Join("; ", walks.SelectMany(walk => walk.Doubts).Distinct())}.", unclear);
        }

        return Messages(Likelihood.Never) is { Count: > 0 } kept ? Found(AuditVerdict.Protected, "Its filters keep customers in conversation out.", kept)
            : flow.Steps.Values.Where(step => step is { IsMessage: true, IsOn: true }).Select(step => step.Name).ToList() is { Count: > 0 } transactional
                ? Found(AuditVerdict.TransactionalOnly, "All its messages are transactional.", transactional)
                : Found(AuditVerdict.Protected, "It has no message that is switched on.", []);
    }

    internal static string Names(IEnumerable<Connection> connections) => string.Join(", ", connections.Select(connection => connection.Name));
}
