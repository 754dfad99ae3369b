using System.Net;
using System.Text;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>The README's walk-through, with real processes: a webhook becomes one Klaviyo event per email.</summary>
public sealed class RelayFlowTests(RelayStack stack) : IClassFixture<RelayStack>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relay_records_every_event_of_200_conversations_once()
    {
        await stack.Simulator.ResetAsync(Cancellation);
        var load = new ConversationLoad(200);
        await load.SeedAsync(stack.Simulator, Cancellation);

        await load.PostAsync(stack.Webhooks, Cancellation);
        await stack.Simulator.WaitForEventsAsync(load.Expected.Count, TimeSpan.FromSeconds(60), () => stack.Logs, Cancellation);

        var recorded = await stack.Simulator.EventsAsync(Cancellation);
        recorded.Select(one => (one.Metric, one.Email)).ShouldBe(load.Expected, ignoreOrder: true);
        recorded.Where(one => one.Metric.Contains("Gladly")).ShouldAllBe(one => one.Properties == "{}" && one.ProfileProperties == "{\"In Gladly Conversation\":true}");
        recorded.Where(one => one.Metric.Contains("Kustomer")).ShouldAllBe(one => one.Properties.Contains("\"subject\":\"Secret subject ") && one.ProfileProperties == "{}");
    }

    [Fact]
    public async Task Relay_logs_no_email_and_no_subject()
    {
        await stack.Simulator.ResetAsync(Cancellation);
        var load = new ConversationLoad(10);
        await load.SeedAsync(stack.Simulator, Cancellation);
        await load.PostAsync(stack.Webhooks, Cancellation);
        await stack.Simulator.WaitForEventsAsync(load.Expected.Count, TimeSpan.FromSeconds(30), () => stack.Logs, Cancellation);

        stack.Logs.ShouldContain("Relayed ");
        stack.Logs.ShouldNotContain("@klaviyo-demo.com");
        stack.Logs.ShouldNotContain("Secret subject");
        stack.Logs.ShouldNotContain(RelaySettings.GladlyPassword);
        stack.Logs.ShouldNotContain(RelaySettings.KustomerToken);
        stack.Logs.ShouldNotContain("pk_end_to_end");
    }

    [Theory]
    [InlineData("gladly", """{"id":"1","type":"CONVERS""", HttpStatusCode.BadRequest)]
    [InlineData("gladly", "[]", HttpStatusCode.BadRequest)]
    [InlineData("gladly", """{"id":"1","type":"CONVERSATION/CREATED","timestamp":"2026-01-15T14:02:11Z","content":{"customerId":"1"}}""", HttpStatusCode.BadRequest)]
    [InlineData("gladly", """{"type":"PING"}""", HttpStatusCode.OK)]
    [InlineData("gladly", """{"type":"SOMETHING/ELSE"}""", HttpStatusCode.OK)]
    [InlineData("nobody", "{}", HttpStatusCode.NotFound)]
    [InlineData("kustomer", """{"name":"kustomer.conversation.create"}""", HttpStatusCode.Unauthorized)]
    public async Task Relay_answers_bad_input_by_its_kind(string connection, string body, HttpStatusCode expected)
    {
        using var answer = await stack.Webhooks.SendAsync(connection, Encoding.UTF8.GetBytes(body), WebhookSender.BasicCredentials, Cancellation);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Relay_refuses_a_body_of_2_MiB()
    {
        using var answer = await stack.Webhooks.SendAsync("gladly", new byte[2 * 1024 * 1024], WebhookSender.BasicCredentials, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Relay_refuses_a_body_that_is_not_JSON()
    {
        using var answer = await stack.Webhooks.SendAsync("gladly", "a=b"u8.ToArray(), WebhookSender.BasicCredentials, Cancellation, "application/x-www-form-urlencoded");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Health_names_version_and_queue_and_no_connection()
    {
        using var answer = await stack.Webhooks.GetAsync("api/health", Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("""{"status":"healthy","version":"0.1.0","queue":"reachable","configuration":"valid"}""");
    }
}
