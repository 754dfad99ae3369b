using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoEventTests : SimulatorTest
{
    [Theory]
    [InlineData("", "event")]
    [InlineData("/data", "event")]
    [InlineData("/data/attributes", "event")]
    [InlineData("/data/attributes/metric", "metric")]
    [InlineData("/data/attributes/metric/data", "metric")]
    [InlineData("/data/attributes/metric/data/attributes", "metric")]
    [InlineData("/data/attributes/profile", "profile")]
    [InlineData("/data/attributes/profile/data", "profile")]
    [InlineData("/data/attributes/profile/data/attributes", "profile")]
    public async Task Unknown_member_is_refused_at_every_level(string level, string resource)
    {
        var answer = await PostEventAsync(EventBodies.Single().With($"{level}/xyz", 1));

        answer.Status.ShouldBe(400);
        answer.Detail.ShouldBe($"'xyz' is not a valid field for the resource '{resource}'");
        answer.Source.ShouldBe($"{level}/xyz");
        (await RecordedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Meta_belongs_inside_the_profiles_attributes()
    {
        var inside = await PostEventAsync(EventBodies.Single().With($"{EventBodies.Profile}/meta", Node("""{"patch_properties":{"unset":"x"}}""")));
        var beside = await PostEventAsync(EventBodies.Single().With("/data/attributes/profile/data/meta", Node("{}")));

        inside.Status.ShouldBe(202);
        beside.Detail.ShouldBe("'meta' is not a valid field for the resource 'profile'");
    }

    [Theory]
    [InlineData("/data")]
    [InlineData("/data/type")]
    [InlineData("/data/attributes")]
    [InlineData("/data/attributes/properties")]
    [InlineData("/data/attributes/metric")]
    [InlineData("/data/attributes/metric/data")]
    [InlineData("/data/attributes/metric/data/attributes/name")]
    [InlineData("/data/attributes/profile")]
    [InlineData("/data/attributes/profile/data")]
    [InlineData("/data/attributes/profile/data/attributes")]
    public async Task Required_member_is_named_when_it_is_missing(string place)
    {
        var answer = await PostEventAsync(EventBodies.Single().With(place, null));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe(place);
        answer.Detail.ShouldNotBeNull().ShouldContain("is a required field");
    }

    [Theory]
    [InlineData("/data/type", "\"events\"")]
    [InlineData("/data/attributes/properties", "[]")]
    [InlineData("/data/attributes/value", "\"9.99\"")]
    [InlineData("/data/attributes/value_currency", "1")]
    [InlineData("/data/attributes/backfill", "\"no\"")]
    [InlineData("/data/attributes/unique_id", "1")]
    [InlineData("/data/attributes/unique_id", "\"\"")]
    [InlineData("/data/attributes/metric/data/type", "\"event\"")]
    [InlineData("/data/attributes/metric/data/attributes/name", "\"\"")]
    [InlineData("/data/attributes/metric/data/attributes/name", "\"  \"")]
    [InlineData("/data/attributes/profile/data/type", "\"person\"")]
    [InlineData("/data/attributes/profile/data/attributes/properties", "\"x\"")]
    [InlineData("/data/attributes/profile/data/attributes/email", "7")]
    public async Task Value_of_the_wrong_kind_is_refused_with_its_pointer(string place, string value)
    {
        var answer = await PostEventAsync(EventBodies.Single().With(place, Node(value)));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe(place);
    }

    [Fact]
    public async Task Event_needs_an_identifier()
    {
        var answer = await PostEventAsync(EventBodies.Single().With($"{EventBodies.Profile}/email", null));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe(EventBodies.Profile);
        answer.Detail.ShouldNotBeNull().ShouldContain("identifier");
    }

    [Theory]
    [InlineData("email", "jane@klaviyo-demo.com", 202)]
    [InlineData("email", "o'hara+tag.x@klaviyo-demo.com", 202)]
    [InlineData("email", "\"quoted.name\"@klaviyo-demo.com", 202)]
    [InlineData("email", "jürgen@klaviyo-demo.com", 202)]
    [InlineData("email", "", 400)]
    [InlineData("email", "jane", 400)]
    [InlineData("email", "jane@", 400)]
    [InlineData("email", "jane@localhost", 400)]
    [InlineData("email", "jane doe@klaviyo-demo.com", 400)]
    [InlineData("email", "jane..doe@klaviyo-demo.com", 400)]
    [InlineData("email", "a@b@klaviyo-demo.com", 400)]
    [InlineData("phone_number", "+15005550006", 202)]
    [InlineData("phone_number", "15005550006", 400)]
    [InlineData("phone_number", "+0500555000", 400)]
    [InlineData("phone_number", "+1234567890123456", 400)]
    [InlineData("phone_number", "+1 500 555 0006", 400)]
    [InlineData("external_id", "crm-1", 202)]
    [InlineData("anonymous_id", "anon-1", 202)]
    [InlineData("_kx", "kx-1", 202)]
    public async Task Identifier_must_have_klaviyos_form(string name, string value, int status)
    {
        var body = EventBodies.Single().With($"{EventBodies.Profile}/email", null).With($"{EventBodies.Profile}/{name}", value);

        var answer = await PostEventAsync(body);

        answer.Status.ShouldBe(status);
        if (status == 400 && value.Length > 0)
        {
            answer.Source.ShouldBe($"{EventBodies.Profile}/{name}");
        }
    }

    [Theory]
    [InlineData("2026-07-20T10:00:00.987Z", "2026-07-20T10:00:00+00:00")]
    [InlineData("2026-07-20T12:00:00+02:00", "2026-07-20T10:00:00+00:00")]
    [InlineData("2026-07-20T10:00:00", "2026-07-20T10:00:00+00:00")]
    [InlineData("2000-01-01T00:00:00Z", "2000-01-01T00:00:00+00:00")]
    [InlineData("2027-07-20T10:00:00Z", "2027-07-20T10:00:00+00:00")]
    [InlineData(null, "2026-07-20T10:00:00+00:00")]
    public async Task Time_is_kept_to_the_second_and_is_now_when_missing(string? sent, string kept)
    {
        await PostEventAsync(EventBodies.Single().With("/data/attributes/time", sent));

        (await StateAsync())["events"]?[0]?["time"]?.GetValue<string>().ShouldBe(kept);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("20.07.2026 10:00")]
    [InlineData("1999-12-31T23:59:59Z")]
    [InlineData("2027-07-20T10:00:01Z")]
    public async Task Time_is_refused_when_it_cannot_be_read_or_is_out_of_range(string time)
    {
        var answer = await PostEventAsync(EventBodies.Single().With("/data/attributes/time", time));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe("/data/attributes/time");
    }

    [Theory]
    [InlineData("2026-01-15", 400)]
    [InlineData("2026-04-15", 202)]
    public async Task Backfill_is_known_since_its_revision(string revision, int status)
    {
        var answer = await KlaviyoAsync(HttpMethod.Post, "/api/events", EventBodies.Single().With("/data/attributes/backfill", true), change: request =>
        {
            request.Headers.Remove("revision");
            request.Headers.Add("revision", revision);
        });

        answer.Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public async Task Body_must_be_a_json_object(string body)
    {
        var answer = await KlaviyoAsync(HttpMethod.Post, "/api/events", change: request =>
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/vnd.api+json")));

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("invalid");
    }

    [Fact]
    public async Task Every_wrong_field_is_reported_at_once()
    {
        var answer = await PostEventAsync(EventBodies.Single("nobody").With("/data/attributes/time", "soon"));

        answer.Json["errors"]?.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Repeat_of_a_unique_id_is_accepted_and_dropped_for_the_same_profile_and_metric()
    {
        await PostEventAsync(EventBodies.Single());
        (await PostEventAsync(EventBodies.Single("JANE@klaviyo-demo.com"))).Status.ShouldBe(202);
        await PostEventAsync(EventBodies.Single().With($"{EventBodies.Metric}/name", "other metric"));
        await PostEventAsync(EventBodies.Single("john@klaviyo-demo.com"));
        await PostEventAsync(EventBodies.Single(uniqueId: "two"));

        var state = await StateAsync();
        ((int?)state["sequence"]).ShouldBe(4);
        ((int?)state["duplicatesDropped"]).ShouldBe(1);
    }

    [Fact]
    public async Task Event_without_a_unique_id_is_one_per_second()
    {
        await PostEventAsync(EventBodies.Single(uniqueId: null));
        await PostEventAsync(EventBodies.Single(uniqueId: null).With("/data/attributes/time", "2026-07-20T09:59:58.1Z"));
        await PostEventAsync(EventBodies.Single(uniqueId: null).With("/data/attributes/time", "2026-07-20T09:59:59Z"));

        var state = await StateAsync();
        ((int?)state["sequence"]).ShouldBe(2);
        state["events"]?[0]?["uniqueId"]?.GetValue<string>().ShouldBe("1784541598");
    }

    [Fact]
    public async Task Profile_properties_are_merged_key_by_key()
    {
        await PostEventAsync(EventBodies.Single());
        await PostEventAsync(EventBodies.Single(uniqueId: "two").With($"{EventBodies.Profile}/properties", Node("""{"tier":"gold"}""")));

        var profiles = (await StateAsync())["profiles"];
        profiles?.AsArray().Count.ShouldBe(1);
        profiles?[0]?["properties"]?.ToJsonString().ShouldBe("""{"In Gladly Conversation":true,"tier":"gold"}""");
    }

    [Theory]
    [InlineData("jane@example.com", 1)]
    [InlineData("jane@TEST.com", 1)]
    [InlineData("jane@klaviyo-demo.com", 0)]
    public async Task Reserved_address_is_counted_and_forgotten_only_when_asked(string email, int reserved)
    {
        await PostEventAsync(EventBodies.Single(email));
        await ControlAsync(HttpMethod.Post, "/settings", """{"dropReservedAddresses":true}""");
        (await PostEventAsync(EventBodies.Single(email, "two"))).Status.ShouldBe(202);

        var state = await StateAsync();
        ((int?)state["reservedAddresses"]).ShouldBe(reserved * 2);
        ((int?)state["sequence"]).ShouldBe(2 - reserved);
    }

    private static JsonNode Node(string json) => JsonNode.Parse(json) ?? throw new InvalidOperationException("null");
}
