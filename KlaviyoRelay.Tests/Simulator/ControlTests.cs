using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class ControlTests : SimulatorTest
{
    [Fact]
    public async Task Health_answers_200() => (await ControlAsync(HttpMethod.Get, "/health")).Status.ShouldBe(200);

    [Fact]
    public async Task State_shows_an_event_whole()
    {
        await PostEventAsync(EventBodies.Single()
            .With("/data/attributes/value", 9.5)
            .With($"{EventBodies.Profile}/phone_number", "+15005550006"));

        var recorded = (await StateAsync())["events"]?[0]?.AsObject();

        recorded.ShouldNotBeNull();
        recorded["profileId"]?.GetValue<string>().Length.ShouldBe(26);
        recorded.Remove("profileId");
        recorded.ToJsonString().ShouldBe(
            """
            {"sequence":1,"account":"7890","metric":"started conversation in Gladly","email":"jane@klaviyo-demo.com",
            "phone":"\u002B15005550006","time":"2026-07-20T09:59:58\u002B00:00","uniqueId":"one","value":9.5,
            "properties":{"subject":"Where is my order?"},"profileProperties":{"In Gladly Conversation":true},
            "via":"single","receivedAt":"2026-07-20T10:00:00\u002B00:00"}
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData("?after=2", 1)]
    [InlineData("?after=3", 0)]
    [InlineData("?after=99", 0)]
    [InlineData("", 3)]
    public async Task State_gives_the_events_after_a_sequence(string query, int events)
    {
        await PostEventsAsync(3);

        var state = await StateAsync(query);

        (state["events"] as JsonArray)?.Count.ShouldBe(events);
        ((int?)state["sequence"]).ShouldBe(3);
    }

    [Fact]
    public async Task State_leaves_out_events_and_profiles_when_asked()
    {
        await PostEventsAsync(1);

        var state = (await StateAsync("?events=false&profiles=false")).AsObject();

        state.ContainsKey("events").ShouldBeFalse();
        state.ContainsKey("profiles").ShouldBeFalse();
        ((int?)state["sequence"]).ShouldBe(1);
    }

    [Fact]
    public async Task State_refuses_a_sequence_that_is_no_number() =>
        (await ControlAsync(HttpMethod.Get, "/state?after=x")).Status.ShouldBe(400);

    [Fact]
    public async Task State_counts_requests_by_status_path_and_second()
    {
        await PostEventsAsync(2);
        await GladlyAsync("/api/v1/customer-profiles/gladly-jane");
        await GladlyAsync("/api/v1/customer-profiles/nobody");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await PostEventsAsync(1);
        await KustomerAsync("/v1/conversations/c1");

        var state = await StateAsync();

        state["requests"]?.ToJsonString().ShouldBe("""{"klaviyo":{"202":3},"gladly":{"200":1,"404":1},"kustomer":{"404":1}}""");
        state["requestsByPath"]?.ToJsonString().ShouldBe(
            """{"GET /gladly/api/v1/customer-profiles/{id}":2,"GET /kustomer/v1/conversations/{id}":1,"POST /klaviyo/api/events":3}""");
        state["maxRequestsPerSecond"]?.ToJsonString().ShouldBe("""{"klaviyo":2,"gladly":2,"kustomer":1}""");
    }

    [Fact]
    public async Task Sequence_and_counts_hold_when_many_send_at_once()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), TestContext.Current.CancellationToken, async (i, _) =>
            await PostEventAsync(EventBodies.Single($"c{i % 50}@klaviyo-demo.com", $"{i % 250}")));

        var state = await StateAsync();
        ((int?)state["sequence"]).ShouldBe(250);
        ((int?)state["duplicatesDropped"]).ShouldBe(250);
        (state["profiles"] as JsonArray)?.Count.ShouldBe(50);
        (state["events"] as JsonArray)?.Select(one => (int?)one?["sequence"]).ShouldBe(Enumerable.Range(1, 250).Select(i => (int?)i));
    }

    [Fact]
    public async Task Reset_forgets_everything_but_the_seeded_customers()
    {
        await PrepareEverythingAsync();

        (await ControlAsync(HttpMethod.Post, "/reset")).Status.ShouldBe(200);

        var state = await StateAsync();
        state.ToJsonString().ShouldBe(
            """
            {"sequence":0,"events":[],"duplicatesDropped":0,"profiles":[],"requests":{"klaviyo":{},"gladly":{},"kustomer":{}},
            "requestsByPath":{},"throttledByPath":{},"largestBulk":0,"maxRequestsPerSecond":{"klaviyo":0,"gladly":0,"kustomer":0},"reservedAddresses":0}
            """.ReplaceLineEndings(""));
        (await KlaviyoAsync(HttpMethod.Get, "/api/accounts")).Status.ShouldBe(200);
        (await KlaviyoAsync(HttpMethod.Get, "/api/accounts")).Status.ShouldBe(200);
        (await GladlyAsync("/api/v1/customer-profiles/extra")).Status.ShouldBe(404);
        (await GladlyAsync("/api/v1/customer-profiles/gladly-jane")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Reset_keeps_added_customers_when_asked()
    {
        await PrepareEverythingAsync();

        await ControlAsync(HttpMethod.Post, "/reset?keepCustomers=true");

        (await GladlyAsync("/api/v1/customer-profiles/extra")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Customers_are_added_by_the_thousand_and_replaced_by_id()
    {
        var many = Enumerable.Range(0, 20_000).Select(i => $$"""{"helpdesk":"gladly","id":"c{{i}}","emails":[{"email":"c{{i}}@klaviyo-demo.com"}]}""");
        (await ControlAsync(HttpMethod.Post, "/customers", $"[{string.Join(',', many)}]")).Status.ShouldBe(200);
        await ControlAsync(HttpMethod.Post, "/customers", """[{"helpdesk":"gladly","id":"c7","name":"Seven","emails":[{"email":"seven@klaviyo-demo.com","primary":true}]}]""");

        (await GladlyAsync("/api/v1/customer-profiles/c19999")).Status.ShouldBe(200);
        var seven = await GladlyAsync("/api/v1/customer-profiles/c7");
        seven.Json["name"]?.GetValue<string>().ShouldBe("Seven");
        seven.Json["emails"]?[0]?["normalized"]?.GetValue<string>().ShouldBe("seven@klaviyo-demo.com");
    }

    [Fact]
    public async Task Customers_are_listed_as_they_are_added()
    {
        var customers = (await ControlAsync(HttpMethod.Get, "/customers")).Json.AsArray();

        customers.Count.ShouldBe(18);
        customers.Single(customer => customer?["id"]?.GetValue<string>() == "gladly-merged")?["movedTo"]?.GetValue<string>().ShouldBe("gladly-jane");
    }

    [Fact]
    public async Task Settings_change_only_what_is_given()
    {
        await ControlAsync(HttpMethod.Post, "/settings", """{"limits":true,"kustomerLimit":300}""");
        await ControlAsync(HttpMethod.Post, "/settings", """{"gladlyLimit":true}""");

        (await ControlAsync(HttpMethod.Get, "/settings")).Text
            .ShouldStartWith("""{"limits":true,"gladlyLimit":true,"kustomerLimit":300,"dropReservedAddresses":false,"imports":""");
    }

    [Theory]
    [InlineData("/customers", "[{\"id\":\"c\"}]", "'[0].helpdesk'")]
    [InlineData("/customers", "[{\"helpdesk\":\"gladly\"}]", "'[0].id'")]
    [InlineData("/customers", "[{\"helpdesk\":\"gladly\",\"id\":\"c\",\"emails\":[{\"email\":\"\"}]}]", "'[0].emails[0].email'")]
    [InlineData("/customers", "[{\"helpdesk\":\"gladly\",\"id\":\"c\",\"emails\":[{\"email\":5}]}]", "'[0].emails[0].email'")]
    [InlineData("/customers", "[{\"helpdesk\":\"gladly\",\"id\":\"c\",\"openConversations\":-1}]", "'[0].openConversations'")]
    [InlineData("/customers", "[{\"helpdesk\":\"gladly\",\"id\":\"c\",\"mail\":\"x\"}]", "'[0].mail'")]
    [InlineData("/customers", "[null]", "'[0]'")]
    [InlineData("/customers", "null", "must not be null")]
    [InlineData("/customers", "nonsense", "not the JSON")]
    [InlineData("/conversations", "[{\"helpdesk\":\"gladly\",\"id\":\"c\",\"customerId\":\"x\",\"status\":\"done\"}]", "'[0].status'")]
    [InlineData("/conversations", "[{\"helpdesk\":\"kustomer\",\"id\":\"c\",\"customerId\":\"x\",\"status\":\"OPEN\"}]", "'[0].status'")]
    [InlineData("/conversations", "[{\"helpdesk\":\"kustomer\",\"id\":\"c\",\"status\":\"open\"}]", "'[0].customerId'")]
    [InlineData("/gladly-events", "[{\"type\":\"PING\"}]", "'[0].timestamp'")]
    [InlineData("/gladly-events", "[{\"timestamp\":\"2026-07-20T10:00:00Z\"}]", "'[0].type'")]
    [InlineData("/gladly-events", "[1]", "'[0]'")]
    [InlineData("/keys", "{}", "'key'")]
    [InlineData("/keys", "{\"key\":\"k\",\"state\":\"lost\"}", "'state'")]
    [InlineData("/settings", "{\"limits\":\"yes\"}", "'limits'")]
    [InlineData("/settings", "{\"kustomerLimit\":-1}", "'kustomerLimit'")]
    public async Task Bad_input_is_refused_by_a_sentence_that_names_the_field(string path, string body, string named)
    {
        var answer = await ControlAsync(HttpMethod.Post, path, body);

        answer.Status.ShouldBe(400);
        answer.Json["error"]?.GetValue<string>().ShouldContain(named);
    }

    [Theory]
    [InlineData("/_simulator/nothing")]
    [InlineData("/nothing")]
    public async Task Unknown_path_is_a_404(string path) =>
        (await SendAsync(new HttpRequestMessage(HttpMethod.Get, path))).Status.ShouldBe(404);

    private async Task PostEventsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await PostEventAsync(EventBodies.Single(uniqueId: $"{i} {Clock.GetUtcNow():O}"));
        }
    }

    private async Task PrepareEverythingAsync()
    {
        await PostEventsAsync(1);
        await PostBulkAsync(EventBodies.Bulk(EventBodies.Entry("jane@example.com", "1")));
        await GladlyAsync("/api/v1/customer-profiles/gladly-jane");
        await ControlAsync(HttpMethod.Post, "/customers", """[{"helpdesk":"gladly","id":"extra","emails":[]}]""");
        await ControlAsync(HttpMethod.Post, "/settings", """{"limits":true,"gladlyLimit":true,"kustomerLimit":1}""");
        await ControlAsync(HttpMethod.Post, "/keys", $$"""{"key":"{{Key}}","state":"revoked"}""");
        await FaultAsync("""{"target":"gladly","status":503}""");
    }
}
