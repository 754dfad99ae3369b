using System.Text.Json;
using KlaviyoRelay.Core.Audit;
using KlaviyoRelay.Core.Audit.Segments;
using KlaviyoRelay.Core.Klaviyo.Conditions;
using KlaviyoRelay.Simulator.Klaviyo.Conditions;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Segments;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>The segments' conditions: their form, and what they mean.</summary>
public sealed class WantedSegmentTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> All = new(Conditions.Metrics, StringComparer.Ordinal)
    {
        ["KOPEN1"] = "Kustomer Conversation Create",
        ["KCLOSE"] = "Kustomer Conversation Close",
        ["KREOPE"] = "Kustomer Conversation Reopen",
        ["KRATED"] = "Kustomer Conversation CSAT Submitted",
    };

    private readonly RelayFixture _relay = new();

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Definitions_have_the_form_of_klaviyos_reference(bool hasMetrics)
    {
        var definitions = Wanted(hasMetrics ? All : [], "gladly", "kustomer").Where(segment => segment.Definition is not null).ToList();

        definitions.Count.ShouldBe(hasMetrics ? 5 : 2);
        foreach (var segment in definitions)
        {
            var reader = new FieldReader();
            new DefinitionReader(reader).Check(new Field(segment.Definition.ShouldNotBeNull(), FieldPointer.Root));
            reader.Errors.ShouldBeEmpty(segment.Name);
        }
    }

    [Fact]
    public void In_conversation_is_the_manuals_segment()
    {
        var segment = Wanted(All, "gladly")[0];

        segment.Name.ShouldBe("In conversation with support (gladly)");
        DefinitionText.AreSame(segment.Definition.ShouldNotBeNull(), AuditFixture.Json(Conditions.SegmentOfTheManual)).ShouldBeTrue();
    }

    [Fact]
    public void Not_in_conversation_is_the_manuals_filter()
    {
        var segment = Wanted(All, "gladly")[1];

        segment.Name.ShouldBe("Not in conversation (gladly)");
        DefinitionText.AreSame(segment.Definition.ShouldNotBeNull(), AuditFixture.Json(Conditions.OfTheManual)).ShouldBeTrue();
    }

    [Fact]
    public void Without_a_metric_the_property_decides_alone_and_the_note_says_what_to_do()
    {
        var metrics = All.Where(metric => metric.Key != Conditions.Reopened).ToDictionary();

        var segment = Wanted(metrics, "gladly")[0];

        DefinitionText.AreSame(segment.Definition.ShouldNotBeNull(), AuditFixture.Json(Conditions.Filter([Conditions.IsTrue]))).ShouldBeTrue();
        segment.Note.ShouldBe("By the property alone, without the guard of 14 days: Klaviyo has no event `reopened conversation in Gladly` yet. Open, close and reopen a test conversation, then repair the segment.");
    }

    [Fact]
    public void Without_property_and_metrics_nothing_can_be_made_and_the_note_says_what_to_do()
    {
        var segments = Wanted([], "kustomer");

        segments.ShouldAllBe(segment => segment.Definition == null);
        segments[0].Note.ShouldBe("Klaviyo lacks events of `Kustomer Conversation Create` and `Kustomer Conversation Close`: open and close a test conversation, then run this again. Or set Relay__Connections__kustomer__ProfileProperty.");
        segments[2].Note.ShouldBe("Klaviyo has no event `Kustomer Conversation CSAT Submitted` yet: have a test conversation rated, then run this again.");
    }

    [Fact]
    public void Helpdesk_without_ratings_has_nobody_unhappy() => Wanted(All, "gladly")[2].Note.ShouldBe("Gladly tells the relay of no ratings.");

    // The simulator computes the members; it shares no code with the relay.
    [Theory]
    [InlineData("gladly", null, null, null, false)]
    [InlineData("gladly", true, 1.0, null, true)]
    [InlineData("gladly", true, 20.0, 2.0, true)]
    [InlineData("gladly", true, 20.0, null, false)]
    [InlineData("gladly", false, 1.0, null, false)]
    [InlineData("kustomer", null, 1.0, null, true)]
    [InlineData("kustomer", null, 4.0, null, false)]
    public void Every_profile_is_in_one_of_the_two(string connection, bool? flag, double? openedDaysAgo, double? reopenedDaysAgo, bool isInConversation)
    {
        var segments = Wanted(All, connection);
        var (opened, reopened) = connection == "gladly" ? (Conditions.Started, Conditions.Reopened) : ("KOPEN1", "KREOPE");
        var person = new Person(Now)
        {
            Properties = flag is { } value ? new Dictionary<string, JsonElement> { [Conditions.Flag] = AuditFixture.Json(value ? "true" : "false") } : [],
            Events = [.. new (string Metric, double? DaysAgo)[] { (opened, openedDaysAgo), (reopened, reopenedDaysAgo) }.Where(one => one.DaysAgo is not null).Select(one => (one.Metric, Now.AddDays(-(one.DaysAgo ?? 0)), default(JsonElement)))],
        };
        var run = new ConditionRun(new Dictionary<string, JsonElement>());

        run.IsMet(segments[0].Definition.ShouldNotBeNull(), person).ShouldBe(isInConversation);
        run.IsMet(segments[1].Definition.ShouldNotBeNull(), person).ShouldBe(!isInConversation);
    }

    [Theory]
    [InlineData(2, 5, true)]
    [InlineData(3, 5, false)]
    [InlineData(1, 31, false)]
    public void Unhappy_lately_is_a_bad_rating_within_30_days(int rating, int daysAgo, bool isUnhappy)
    {
        var person = new Person(Now) { Events = [("KRATED", Now.AddDays(-daysAgo), AuditFixture.Json($$"""{"rating":{{rating}}}"""))] };

        new ConditionRun(new Dictionary<string, JsonElement>()).IsMet(Wanted(All, "kustomer")[2].Definition.ShouldNotBeNull(), person).ShouldBe(isUnhappy);
    }

    // With the guard and without it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Audit_takes_the_segment_for_a_protection(bool hasReopened)
    {
        var definition = Wanted(hasReopened ? All : All.Where(metric => metric.Key != Conditions.Reopened).ToDictionary(), "gladly")[0].Definition.ShouldNotBeNull().GetRawText();
        using var audit = new AuditFixture().With("SINCON", definition);

        audit.Judge(Conditions.Flow(Conditions.Filter([Conditions.Membership(false, "SINCON")]), Conditions.Email("1", null))).Verdict.ShouldBe(AuditVerdict.Protected);
        audit.Judge(["LIST01"], "SINCON").Verdict.ShouldBe(AuditVerdict.Protected);
    }

    [Theory]
    [InlineData("""{"condition_groups":[{"conditions":[{"b":1,"a":"x"},{"a":"y"}]}]}""", """{"condition_groups":[{"conditions":[{"a":"y","c":null,"d":[]},{"a":"x","b":1.0}]}]}""", true)]
    [InlineData("""{"condition_groups":[{"conditions":[{"a":"x"},{"a":"y"}]}]}""", """{"condition_groups":[{"conditions":[{"a":"x"}]},{"conditions":[{"a":"y"}]}]}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":true}""", """{"a":false}""", false)]
    public void Definitions_are_the_same_however_they_are_written(string one, string other, bool areSame) =>
        DefinitionText.AreSame(AuditFixture.Json(one), AuditFixture.Json(other)).ShouldBe(areSame);

    private List<WantedSegment> Wanted(Dictionary<string, string> metrics, params IEnumerable<string> connections) => [.. WantedSegment.Of(connections.Select(_relay.Connection), metrics)];
}
