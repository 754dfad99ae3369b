using System.Text.Json;
using CsCheck;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Simulator.Klaviyo.Conditions;
using KlaviyoRelay.Simulator.Klaviyo.Flows;
using static KlaviyoRelay.Tests.Audit.Conditions;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>Random flows: what the audit says of them, and what the simulator does when customers in conversation go through them.</summary>
public sealed class FlowTreeTests : IDisposable
{
    private const int Flows = 200;
    private const double MostFalseAlarms = 0.02;
    private const string InConversation = "SINCON";
    private const string List = "LIST01";

    private static readonly DateTimeOffset Now = new(2026, 7, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] Known =
    [
        IsFalse, IsFalse, IsTrue, NotSet, IsSet, InUsa, NotInUsa, IsNotTextTrue,
        Never(Started, 14), Never(Reopened, 14), Never(Started, 7), Never(Reopened, 30), AtLeastOnce(Started, 14), Never(Closed, 14), Never(Order, 30), AtLeastOnce(Order, 30),
        Membership(false, InConversation), Membership(true, InConversation), Membership(false, List), Membership(true, List),
    ];

    private static readonly Gen<string> Condition = Gen.Int[0, Known.Length - 1].Select(index => Known[index]);

    private static readonly Gen<string> AnyFilter = Condition.Array[1, 3].Array[1, 3].Select(groups => Filter(groups));

    private static readonly Gen<string> FlowFilter = Gen.Frequency((4, Gen.Const("null")), (2, AnyFilter), (1, Gen.Const(OfTheManual)), (1, Gen.Const(Filter([IsFalse, NotSet]))));

    // A step leads to later ones only, so that every flow ends, and to the next one, so that it leads everywhere.
    private static readonly Gen<string> Tree =
        from filter in FlowFilter
        from steps in Gen.Select(Gen.Int[0, 9], FlowFilter, AnyFilter, Gen.Bool, Gen.Int[1, 4]).Array[1, 5]
        select Flow(filter, steps.Select((step, index) => Step(step, index, steps.Length)));

    private readonly AuditFixture _audit = new AuditFixture().With(InConversation, SegmentOfTheManual);

    private readonly ConditionRun _conditions = new(new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [InConversation] = AuditFixture.Json(SegmentOfTheManual) });

    // Customers in conversation of every kind that the conditions tell apart.
    private static readonly List<Person> InConversationNow =
    [
        .. from times in new (double? Started, double? Reopened)[] { (0.1, null), (13.9, null), (null, 0.1), (null, 13.9), (20, 0.1), (13.9, 5), (5, 13.9), (5, 20), (5, null), (null, 5), (0.1, 20) }
           from country in new[] { "US", "FR" }
           from hasOrdered in new[] { true, false }
           from hasClosed in new[] { true, false }
           from isListed in new[] { true, false }
           select PersonOf(country, isListed, (Started, times.Started), (Reopened, times.Reopened), (Order, hasOrdered ? 3 : null), (Closed, hasClosed ? 0.05 : null)),
    ];

    private static readonly List<IReadOnlyList<Person>> Histories = [.. InConversationNow.SelectMany(HistoriesOf)];

    public void Dispose() => _audit.Dispose();

    [Fact]
    public void Flow_that_is_called_protected_mails_nobody_in_conversation_and_few_others_are_called_unprotected() => Tree.Array[Flows].Sample(
        flows =>
        {
            var alarms = 0;
            foreach (var flow in flows)
            {
                var verdict = _audit.Judge(flow).Verdict;
                var mails = Mails(flow);
                (mails && verdict is (AuditVerdict.Protected or AuditVerdict.TransactionalOnly)).ShouldBeFalse(flow);
                (verdict == AuditVerdict.Unknown && !flow.Contains(IsNotTextTrue, StringComparison.Ordinal)).ShouldBeFalse(flow);
                alarms += verdict == AuditVerdict.Unprotected && !mails ? 1 : 0;
            }

            ((double)alarms / flows.Length).ShouldBeLessThanOrEqualTo(MostFalseAlarms);
        },
        iter: 1);

    private bool Mails(string flow)
    {
        var run = new FlowRun(AuditFixture.Json(flow), _conditions);
        return Histories.Exists(history => run.Run(history).Any(message => !message.IsTransactional && message.Waits >= history.Count - 1));
    }

    // The conversation begins before the flow, or during its first or second wait.
    private static IEnumerable<IReadOnlyList<Person>> HistoriesOf(Person person) =>
        Before(person).SelectMany(before => new IReadOnlyList<Person>[] { [before, person], [before, before, person] }).Prepend([person]);

    // Never in a conversation, or in one that is closed.
    private static IEnumerable<Person> Before(Person person)
    {
        yield return person with { Properties = person.Properties.Where(property => property.Key != Flag).ToDictionary(StringComparer.Ordinal), Events = [.. person.Events.Where(one => one.Metric == Order)] };
        yield return person with { Properties = person.Properties.ToDictionary(property => property.Key, property => property.Key == Flag ? AuditFixture.Json("false") : property.Value, StringComparer.Ordinal) };
    }

    private static Person PersonOf(string country, bool isListed, params IEnumerable<(string Metric, double? DaysAgo)> events) => new(Now)
    {
        Properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [Flag] = AuditFixture.Json("true"), ["Country"] = AuditFixture.Json($"\"{country}\"") },
        Events = [.. events.Where(one => one.DaysAgo is not null).Select(one => (one.Metric, Now.AddDays(-(one.DaysAgo ?? 0)), default(JsonElement)))],
        Lists = isListed ? new HashSet<string> { List } : new HashSet<string>(),
    };

    private static string Step((int Kind, string Filter, string Split, bool IsYes, int Other) step, int index, int steps)
    {
        string? After(int more) => index + more < steps ? $"{index + more}" : null;
        var id = $"{index}";
        return step.Kind switch
        {
            0 => Email(id, After(1), step.Filter, isTransactional: true),
            1 => Email(id, After(1), step.Filter, status: "draft"),
            2 or 3 => Wait(id, After(1)),
            4 or 5 => Split(id, step.Split, After(step.IsYes ? 1 : step.Other), After(step.IsYes ? step.Other : 1)),
            _ => Email(id, After(1), step.Filter),
        };
    }
}
