using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.EndToEnd;

/// <summary>The README's walk-through, with real processes: a webhook becomes one Klaviyo event per email.</summary>
public sealed partial class RelayFlowTests(RunningRelay relay) : IClassFixture<RunningRelay>
{
    private readonly RelayStack _stack = relay.Stack;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relay_records_every_event_of_200_conversations_once()
    {
        var load = ConversationLoad.Varied(200);

        await RelayAsync(load);

        var recorded = await _stack.Simulator.EventsAsync(Cancellation);
        recorded.Select(one => (one.Metric, one.Email)).ShouldBe(load.Expected, ignoreOrder: true);
        recorded.Where(one => one.Metric.Contains("Gladly")).ShouldAllBe(one => one.Properties == "{}" && one.ProfileProperties == "{\"In Gladly Conversation\":true}");
        recorded.Where(one => one.Metric.Contains("Kustomer")).ShouldAllBe(one => one.Properties.Contains("\"subject\":\"Secret subject ") && one.ProfileProperties == "{}");
    }

    [Fact]
    public async Task Relay_logs_no_email_and_no_subject()
    {
        await RelayAsync(ConversationLoad.Varied(10));

        _stack.Logs.ShouldNotContain("@klaviyo-demo.com");
        _stack.Logs.ShouldNotContain("Secret subject");
        _stack.Logs.ShouldNotContain(RelaySettings.GladlyPassword);
        _stack.Logs.ShouldNotContain(RelaySettings.KustomerToken);
        _stack.Logs.ShouldNotContain("pk_end_to_end");
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
        using var answer = await _stack.Webhooks.SendAsync(connection, Encoding.UTF8.GetBytes(body), WebhookSender.BasicCredentials, Cancellation);

        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Relay_refuses_a_body_of_2_MiB()
    {
        using var answer = await _stack.Webhooks.SendAsync("gladly", new byte[2 * 1024 * 1024], WebhookSender.BasicCredentials, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Relay_refuses_a_body_that_is_not_JSON()
    {
        using var answer = await _stack.Webhooks.SendAsync("gladly", "a=b"u8.ToArray(), WebhookSender.BasicCredentials, Cancellation, "application/x-www-form-urlencoded");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Health_names_version_and_queue_and_no_connection()
    {
        const string healthy = """{"status":"healthy","version":"0.1.0","queue":"reachable","record":"reachable","configuration":"valid"}""";
        var said = "";

        // On a busy machine the first question may take longer than the relay waits for; everyone gets that answer for 10 s.
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await _stack.Webhooks.GetAsync("api/health", Cancellation);
                said = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}";
                return said == $"200 {healthy}";
            },
            Eventually.Patience,
            () => said,
            Cancellation);
    }

    /// <summary>Relays conversations, and waits until the relay has written that it did: its line comes after Klaviyo's last answer, and nothing is under way then.</summary>
    private async Task RelayAsync(ConversationLoad load)
    {
        await _stack.Simulator.ResetAsync(Cancellation);
        await load.SeedAsync(_stack.Simulator, Cancellation);
        var before = Delivered();
        await load.PostAsync(_stack.Webhooks, Cancellation);
        await _stack.Simulator.WaitForEventsAsync(load.Expected.Count, Eventually.Patience, () => _stack.Logs, Cancellation);
        await Eventually.HoldsAsync(() => Task.FromResult(Delivered() - before >= load.Expected.Count), Eventually.Patience, () => _stack.Logs, Cancellation);
    }

    /// <summary>How many events the relay has written that it delivered.</summary>
    private int Delivered() => _stack.Relay.Lines.Select(line => Relayed().Match(line)).Where(line => line.Success).Sum(line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Relayed \d+ event\(s\): (\d+) delivered")]
    private static partial Regex Relayed();
}
