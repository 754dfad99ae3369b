using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class HelpdeskTests : SimulatorTest
{
    [Fact]
    public async Task Gladly_profile_has_its_emails_normalized_and_original()
    {
        var answer = await GladlyAsync("/api/v1/customer-profiles/gladly-casey");

        answer.Status.ShouldBe(200);
        answer.Json["emails"]?.ToJsonString().ShouldBe(
            """[{"normalized":"casey@klaviyo-demo.com","original":"Casey@klaviyo-demo.com","primary":true},{"normalized":"casey@klaviyo-demo.com","original":"casey@klaviyo-demo.com"}]""");
    }

    [Theory]
    [InlineData("gladly-merged-twice", "gladly-merged")]
    [InlineData("gladly-merged", "gladly-jane")]
    public async Task Gladly_names_the_new_id_of_a_merged_customer_in_the_body_only(string id, string target)
    {
        var answer = await GladlyAsync($"/api/v1/customer-profiles/{id}");

        answer.Status.ShouldBe(301);
        answer.Headers.Keys.ShouldNotContain("Location");
        answer.Code.ShouldBe("moved");
        answer.Error["meta"]?["old"]?.GetValue<string>().ShouldBe(id);
        answer.Error["meta"]?["new"]?.GetValue<string>().ShouldBe(target);
    }

    [Theory]
    [InlineData("/api/v1/customer-profiles/nobody")]
    [InlineData("/api/v1/conversations/none")]
    [InlineData("/api/v2/nothing")]
    public async Task Gladly_answers_404_for_what_it_does_not_have(string path)
    {
        var answer = await GladlyAsync(path);

        answer.Status.ShouldBe(404);
        answer.Json["errors"]?["code"]?.GetValue<string>().ShouldBe("not_exist");
    }

    [Theory]
    [InlineData("OPEN", false)]
    [InlineData("WAITING", false)]
    [InlineData("CLOSED", true)]
    public async Task Gladly_conversation_has_its_status_and_when_it_was_closed(string status, bool closed)
    {
        await ControlAsync(HttpMethod.Post, "/conversations", $$"""[{"helpdesk":"gladly","id":"c1","customerId":"gladly-jane","status":"{{status}}"}]""");

        var answer = await GladlyAsync("/api/v1/conversations/c1");

        answer.Json["status"]?.GetValue<string>().ShouldBe(status);
        answer.Json["customerId"]?.GetValue<string>().ShouldBe("gladly-jane");
        answer.Json.AsObject().ContainsKey("closedAt").ShouldBe(closed);
    }

    [Fact]
    public async Task Gladly_gives_back_the_events_of_a_time_span_as_json_lines()
    {
        await ControlAsync(HttpMethod.Post, "/gladly-events", """
            [
              {"id":"late","type":"CONVERSATION/CLOSED","timestamp":"2026-07-20T09:50:00.1Z"},
              {"id":"first","type":"CONVERSATION/CREATED",
               "timestamp":"2026-07-20T09:40:00Z","content":{"customerId":"gladly-jane"}},
              {"id":"contact","type":"CONTACT/STARTED","timestamp":"2026-07-20T09:45:00Z"},
              {"id":"too-early","type":"CONVERSATION/CREATED","timestamp":"2026-07-20T08:00:00Z"},
              {"id":"yesterday","type":"CONVERSATION/CREATED","timestamp":"2026-07-19T09:45:00Z"}
            ]
            """);

        var answer = await GladlyAsync("/api/v1/events?startAt=2026-07-20T09:00:00Z&endAt=2026-07-20T10:00:00Z&entities=CONVERSATION");
        var all = await GladlyAsync("/api/v1/events?startAt=2026-07-01T00:00:00Z&endAt=2026-07-20T10:00:00Z&entities=CONVERSATION&entities=CONTACT");

        answer.Text.ShouldBe("""
            {"id":"first","type":"CONVERSATION/CREATED","timestamp":"2026-07-20T09:40:00Z","content":{"customerId":"gladly-jane"}}
            {"id":"late","type":"CONVERSATION/CLOSED","timestamp":"2026-07-20T09:50:00.1Z"}

            """);
        all.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4, "the last 24 hours");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?startAt=2026-07-20T09:00:00Z")]
    [InlineData("?startAt=soon&endAt=later")]
    public async Task Gladly_events_need_a_time_span(string query) =>
        (await GladlyAsync($"/api/v1/events{query}")).Status.ShouldBe(400);

    [Fact]
    public async Task Gladly_needs_a_user_and_a_token_that_is_not_revoked()
    {
        await ControlAsync(HttpMethod.Post, "/keys", """{"key":"old-token","state":"revoked"}""");

        (await GladlyAsync("/api/v1/customer-profiles/gladly-jane", token: "")).Status.ShouldBe(401);
        (await GladlyAsync("/api/v1/customer-profiles/gladly-jane", token: "old-token")).Status.ShouldBe(401);
        (await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/gladly/api/v1/customer-profiles/gladly-jane"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Kustomer_customer_has_emails_shared_emails_and_conversation_counts()
    {
        await ControlAsync(HttpMethod.Post, "/conversations", """
            [
              {"helpdesk":"kustomer","id":"c1","customerId":"kustomer-shared","status":"open"},
              {"helpdesk":"kustomer","id":"c2","customerId":"kustomer-shared","status":"snoozed"},
              {"helpdesk":"kustomer","id":"c3","customerId":"kustomer-shared","status":"open"},
              {"helpdesk":"kustomer","id":"c3","customerId":"kustomer-shared","status":"done"}
            ]
            """);

        var customer = (await KustomerAsync("/v1/customers/kustomer-shared")).Json["data"];

        customer?["type"]?.GetValue<string>().ShouldBe("customer");
        customer?["id"]?.GetValue<string>().ShouldBe("kustomer-shared");
        var attributes = customer?["attributes"];
        attributes?["emails"]?.ToJsonString().ShouldBe("""[{"type":"home","email":"sam@klaviyo-demo.com","verified":true,"externalVerified":false}]""");
        attributes?["sharedEmails"]?[0]?["email"]?.GetValue<string>().ShouldBe("family@klaviyo-demo.com");
        attributes?["conversationCounts"]?.ToJsonString().ShouldBe("""{"open":1,"snoozed":1,"done":1,"all":3}""");
    }

    [Fact]
    public async Task Kustomer_open_conversations_are_the_given_number_when_there_is_one()
    {
        await ControlAsync(HttpMethod.Post, "/customers", """[{"helpdesk":"kustomer","id":"busy","emails":[],"openConversations":7}]""");

        var customer = await KustomerAsync("/v1/customers/busy");

        ((int?)customer.Json["data"]?["attributes"]?["conversationCounts"]?["open"]).ShouldBe(7);
    }

    [Fact]
    public async Task Kustomer_conversation_names_its_customer_and_status()
    {
        await ControlAsync(HttpMethod.Post, "/conversations", """[{"helpdesk":"kustomer","id":"c1","customerId":"kustomer-jane","status":"snoozed"}]""");

        var conversation = (await KustomerAsync("/v1/conversations/c1")).Json["data"];

        conversation?["attributes"]?["status"]?.GetValue<string>().ShouldBe("snoozed");
        conversation?["relationships"]?["customer"]?["data"]?["id"]?.GetValue<string>().ShouldBe("kustomer-jane");
    }

    [Theory]
    [InlineData("/v1/customers/nobody")]
    [InlineData("/v1/customers/kustomer-merged")]
    [InlineData("/v1/conversations/none")]
    [InlineData("/v1/nothing")]
    public async Task Kustomer_answers_404_with_json_api_errors(string path)
    {
        var answer = await KustomerAsync(path);

        answer.Status.ShouldBe(404);
        answer.Error["status"]?.GetValue<string>().ShouldBe("404");
    }

    [Fact]
    public async Task Kustomer_needs_a_key_that_is_not_revoked()
    {
        await ControlAsync(HttpMethod.Post, "/keys", """{"key":"old-key","state":"revoked"}""");

        (await KustomerAsync("/v1/customers/kustomer-jane", "old-key")).Status.ShouldBe(401);
        (await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/kustomer/v1/customers/kustomer-jane"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Kustomer_needs_a_role_for_customers_and_conversations_and_none_to_tell_which_token_asks()
    {
        await ControlAsync(HttpMethod.Post, "/keys", """{"key":"poor-key","scopes":["org.permission.message.read"]}""");

        (await KustomerAsync("/v1/customers/kustomer-jane", "poor-key")).Status.ShouldBe(403);
        (await KustomerAsync("/v1/conversations/none", "poor-key")).Status.ShouldBe(403);
        (await KustomerAsync("/v1/auth/tokens/current", "poor-key")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("jane", 1)]
    [InlineData("maria", 3)]
    [InlineData("noemail", 0)]
    [InlineData("casey", 2)]
    [InlineData("unusual", 4)]
    public async Task Both_helpdesks_start_with_the_same_kinds_of_customer(string name, int emails)
    {
        var gladly = await GladlyAsync($"/api/v1/customer-profiles/gladly-{name}");
        var kustomer = await KustomerAsync($"/v1/customers/kustomer-{name}");

        (gladly.Json["emails"] as JsonArray)?.Count.ShouldBe(emails);
        (kustomer.Json["data"]?["attributes"]?["emails"] as JsonArray)?.Count.ShouldBe(emails);
    }
}
