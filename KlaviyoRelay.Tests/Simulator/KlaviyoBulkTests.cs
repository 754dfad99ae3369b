using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KlaviyoBulkTests : SimulatorTest
{
    private const string Entries = "/data/attributes/events-bulk-create/data";

    [Fact]
    public async Task Job_records_all_its_events_with_an_empty_202()
    {
        var answer = await PostBulkAsync(EventBodies.Bulk(
            EventBodies.Entry("jane@klaviyo-demo.com", "1", "2"), EventBodies.Entry("john@klaviyo-demo.com", "1")));

        answer.Status.ShouldBe(202);
        answer.Text.ShouldBeEmpty();
        var state = await StateAsync();
        ((int?)state["sequence"]).ShouldBe(3);
        ((int?)state["largestBulk"]).ShouldBe(3);
        state["events"]?[0]?["via"]?.GetValue<string>().ShouldBe("bulk");
    }

    [Theory]
    [InlineData("/3/attributes/profile/data/attributes/email", "\"nobody\"")]
    [InlineData("/2/attributes/profile/data/attributes/meta", "{}")]
    [InlineData("/1/attributes/profile/data/attributes/xyz", "1")]
    [InlineData("/1/attributes/events/data/0/attributes/time", "\"soon\"")]
    [InlineData("/1/attributes/events/data/0/attributes/profile", "{}")]
    [InlineData("/1/attributes/events/data/0/attributes/metric/data/attributes/name", "\"\"")]
    [InlineData("/0/type", "\"event\"")]
    [InlineData("/0/xyz", "1")]
    [InlineData("/0/attributes/events/data", "[]")]
    [InlineData("/0", "1")]
    public async Task One_wrong_field_refuses_the_whole_job_with_its_pointer(string place, string value)
    {
        var body = EventBodies.Bulk([.. Enumerable.Range(0, 4).Select(i => EventBodies.Entry($"c{i}@klaviyo-demo.com", "1"))]);
        var target = $"{Entries}{place}";
        if (place == "/0")
        {
            body["data"]?["attributes"]?["events-bulk-create"]?["data"]?.AsArray()[0] = JsonNode.Parse(value);
        }
        else
        {
            body.With(target, JsonNode.Parse(value));
        }

        var answer = await PostBulkAsync(body);

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe(target);
        (await RecordedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Meta_belongs_beside_the_profiles_attributes()
    {
        var body = EventBodies.Bulk(EventBodies.Entry("jane@klaviyo-demo.com", "1"))
            .With($"{Entries}/0/attributes/profile/data/meta", JsonNode.Parse("""{"patch_properties":{}}"""));

        (await PostBulkAsync(body)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Unique_id_repeated_in_a_job_refuses_the_job()
    {
        var answer = await PostBulkAsync(EventBodies.Bulk(
            EventBodies.Entry("jane@klaviyo-demo.com", "1"), EventBodies.Entry("JANE@klaviyo-demo.com", "2", "1")));

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe($"{Entries}/1/attributes/events/data/1/attributes/unique_id");
        (await RecordedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Unique_id_of_an_earlier_request_is_accepted_and_dropped()
    {
        await PostBulkAsync(EventBodies.Bulk(EventBodies.Entry("jane@klaviyo-demo.com", "1")));
        var answer = await PostBulkAsync(EventBodies.Bulk(EventBodies.Entry("jane@klaviyo-demo.com", "1", "2")));

        answer.Status.ShouldBe(202);
        var state = await StateAsync();
        ((int?)state["sequence"]).ShouldBe(2);
        ((int?)state["duplicatesDropped"]).ShouldBe(1);
    }

    [Theory]
    [InlineData(1000, 202)]
    [InlineData(1001, 400)]
    public async Task Job_has_at_most_1000_events_in_total(int events, int status)
    {
        var ids = Enumerable.Range(0, events).Select(i => $"{i}").ToArray();

        var answer = await PostBulkAsync(EventBodies.Bulk(
            EventBodies.Entry("jane@klaviyo-demo.com", ids[..500]), EventBodies.Entry("john@klaviyo-demo.com", ids[500..])));

        answer.Status.ShouldBe(status);
        (await RecordedAsync()).ShouldBe(status == 202 ? 1000 : 0);
    }

    [Fact]
    public async Task Empty_job_is_refused() => (await PostBulkAsync(EventBodies.Bulk())).Status.ShouldBe(400);
}
