namespace KlaviyoRelay.Tests.Simulator;

public sealed class FaultTests : SimulatorTest
{
    [Theory]
    [InlineData("\"next\":2", "429 429 202 202 202 202")]
    [InlineData("\"everyNth\":3", "202 202 429 202 202 429")]
    [InlineData("\"share\":0.5", "202 429 202 429 202 429")]
    [InlineData("\"share\":0.34", "202 202 429 202 202 429")]
    [InlineData("\"share\":1", "429 429 429 429 429 429")]
    [InlineData(null, "429 429 429 429 429 429")]
    public async Task Fault_hits_by_counting(string? counter, string statuses)
    {
        await FaultAsync($$"""{"target":"klaviyo","status":429{{(counter is null ? "" : $",{counter}")}}}""");

        var seen = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            seen.Add((await PostEventAsync(EventBodies.Single(uniqueId: $"{i}"))).Status);
        }

        string.Join(' ', seen).ShouldBe(statuses);
        (await RecordedAsync()).ShouldBe(seen.Count(status => status == 202));
    }

    [Theory]
    [InlineData("""{"target":"klaviyo","status":503}""", 503)]
    [InlineData("""{"target":"klaviyo","status":503,"path":"/api/events"}""", 503)]
    [InlineData("""{"target":"klaviyo","status":503,"method":"post"}""", 503)]
    [InlineData("""{"target":"klaviyo","status":503,"account":"7890"}""", 503)]
    [InlineData("""{"target":"gladly","status":503}""", 202)]
    [InlineData("""{"target":"klaviyo","status":503,"path":"/api/profiles"}""", 202)]
    [InlineData("""{"target":"klaviyo","status":503,"method":"GET"}""", 202)]
    [InlineData("""{"target":"klaviyo","status":503,"account":"0000"}""", 202)]
    public async Task Fault_meets_only_the_requests_it_names(string fault, int status)
    {
        await FaultAsync(fault);

        (await PostEventAsync(EventBodies.Single())).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Outage_lasts_until_it_is_deleted()
    {
        var id = (await FaultAsync("""{"target":"gladly","status":503}"""))["id"]?.GetValue<string>();
        var during = await GladlyAsync("/api/v1/customer-profiles/gladly-jane");
        var deleted = await ControlAsync(HttpMethod.Delete, $"/faults/{id}");
        var after = await GladlyAsync("/api/v1/customer-profiles/gladly-jane");

        during.Status.ShouldBe(503);
        deleted.Status.ShouldBe(200);
        after.Status.ShouldBe(200);
        (await ControlAsync(HttpMethod.Delete, $"/faults/{id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Faults_are_listed_with_their_hits_and_cleared_together()
    {
        await FaultAsync("""{"target":"klaviyo","status":429,"next":1}""");
        await FaultAsync("""{"target":"kustomer","delayMs":5}""");
        await PostEventAsync(EventBodies.Single());
        await PostEventAsync(EventBodies.Single());

        var faults = (await ControlAsync(HttpMethod.Get, "/faults")).Json.AsArray();
        await ControlAsync(HttpMethod.Delete, "/faults");

        faults.Select(fault => (int?)fault?["hits"]).ShouldBe([1, 0]);
        faults[1]?["delayMs"]?.GetValue<int>().ShouldBe(5);
        (await ControlAsync(HttpMethod.Get, "/faults")).Text.ShouldBe("[]");
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("date:5", "Mon, 20 Jul 2026 10:00:05 GMT")]
    public async Task Retry_after_is_seconds_or_a_date(string retryAfter, string header)
    {
        await FaultAsync($$"""{"target":"klaviyo","status":429,"retryAfter":"{{retryAfter}}"}""");

        var answer = await PostEventAsync(EventBodies.Single());

        answer.Headers["Retry-After"].ShouldBe(header);
        answer.Code.ShouldBe("throttled");
    }

    [Fact]
    public async Task Retry_after_is_missing_unless_asked_for()
    {
        await FaultAsync("""{"target":"klaviyo","status":429}""");

        (await PostEventAsync(EventBodies.Single())).Headers.Keys.ShouldNotContain("Retry-After");
    }

    [Fact]
    public async Task Edge_answers_403_with_a_page()
    {
        await FaultAsync("""{"target":"klaviyo","status":403,"contentType":"text/html"}""");

        var answer = await PostEventAsync(EventBodies.Single());

        answer.Status.ShouldBe(403);
        answer.ContentType.ShouldBe("text/html");
        answer.Text.ShouldStartWith("<!DOCTYPE html>");
    }

    [Fact]
    public async Task Body_and_content_type_are_answered_as_given()
    {
        await FaultAsync("""{"target":"kustomer","status":500,"contentType":"text/plain","body":"oops"}""");

        var answer = await KustomerAsync("/v1/customers/kustomer-jane");

        (answer.Status, answer.ContentType, answer.Text).ShouldBe((500, "text/plain", "oops"));
    }

    [Fact]
    public async Task Delay_passes_on_the_clock_before_the_usual_answer()
    {
        await FaultAsync("""{"target":"klaviyo","delayMs":2500}""");

        var answer = await PostEventAsync(EventBodies.Single());

        answer.Status.ShouldBe(202);
        Clock.Delayed.ShouldBe(TimeSpan.FromMilliseconds(2500));
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task Dropped_connection_gives_no_answer_and_is_recorded_only_when_dropped_after(string drop, int recorded)
    {
        await FaultAsync($$"""{"target":"klaviyo","drop":"{{drop}}","next":1}""");

        await Should.ThrowAsync<HttpRequestException>(() => PostEventAsync(EventBodies.Single()));

        var state = await StateAsync();
        ((int?)state["sequence"]).ShouldBe(recorded);
        ((int?)state["requests"]?["klaviyo"]?["dropped"]).ShouldBe(1);
        (await PostEventAsync(EventBodies.Single())).Status.ShouldBe(202);
    }

    [Theory]
    [InlineData("{}", "target")]
    [InlineData("""{"target":"zendesk","status":500}""", "target")]
    [InlineData("""{"target":"klaviyo"}""", "status")]
    [InlineData("""{"target":"klaviyo","status":99}""", "status")]
    [InlineData("""{"target":"klaviyo","status":"429"}""", "status")]
    [InlineData("""{"target":"klaviyo","status":429,"path":"api"}""", "path")]
    [InlineData("""{"target":"klaviyo","status":429,"retryAfter":"soon"}""", "retryAfter")]
    [InlineData("""{"target":"klaviyo","delayMs":-1}""", "delayMs")]
    [InlineData("""{"target":"klaviyo","drop":"during"}""", "drop")]
    [InlineData("""{"target":"klaviyo","drop":"after","status":500}""", "drop")]
    [InlineData("""{"target":"klaviyo","status":429,"next":0}""", "next")]
    [InlineData("""{"target":"klaviyo","status":429,"everyNth":0}""", "everyNth")]
    [InlineData("""{"target":"klaviyo","status":429,"share":1.5}""", "share")]
    [InlineData("""{"target":"klaviyo","status":429,"next":1,"share":0.5}""", "next")]
    [InlineData("""{"target":"klaviyo","delayMs":1,"body":"x"}""", "status")]
    [InlineData("""{"target":"klaviyo","status":429,"chance":0.5}""", "chance")]
    public async Task Fault_that_makes_no_sense_is_refused_by_a_sentence_that_names_the_field(string fault, string field)
    {
        var answer = await ControlAsync(HttpMethod.Post, "/faults", fault);

        answer.Status.ShouldBe(400);
        answer.Json["error"]?.GetValue<string>().ShouldContain($"'{field}'");
    }
}
