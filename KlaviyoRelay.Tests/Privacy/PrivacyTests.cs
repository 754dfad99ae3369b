using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.Tests.Cli;
using KlaviyoRelay.Tests.Insights;

namespace KlaviyoRelay.Tests.Privacy;

/// <summary>
/// Whatever happens to an event, no log line of any category and level, activity, metric, answer or dead letter's
/// detail tells who the customer is, what was written, or a secret.
/// </summary>
[Collection<OneAtATime>]
public sealed class PrivacyTests : IAsyncLifetime
{
    private WatchedRelay? _started;

    private WatchedRelay Relay => _started.ShouldNotBeNull();

    private static IEnumerable<string> Secrets =>
    [
        .. TestSettings.With(Story.Settings).GetSection("Secrets").GetChildren().Select(secret => secret.Value ?? ""),
        Convert.ToBase64String("relay:gladly-password"u8),
        Convert.ToBase64String("agent@acme.test:gladly-api-token"u8),
    ];

    public async ValueTask InitializeAsync()
    {
        _started = await WatchedRelay.StartAsync(Story.Settings);
        foreach (var customer in new[] { "delivered", "throttled", "rejected", "unreachable" })
        {
            Relay.Gladly.On(HttpMethod.Get, $"/api/v1/customer-profiles/{customer}").Reply(200, Story.Customer(customer));
            Relay.Gladly.HasConversations(customer, "OPEN");
        }

        Relay.Klaviyo.AcceptsEvents();
    }

    public ValueTask DisposeAsync() => Relay.DisposeAsync();

    [Fact]
    public async Task Delivered_events_leave_no_trace_of_the_customer()
    {
        Relay.Kustomer.KnowsKustomer(KustomerWebhookBuilder.CustomerId, PersonalData.Email("kustomer"));
        Relay.Klaviyo.HasProfiles(PersonalData.Email("kustomer"));
        (await Relay.GladlyAsync(Story.Gladly("delivered").Build())).ShouldBe(202);
        (await Relay.KustomerAsync(Story.Kustomer().Build())).ShouldBe(202);
        (await Relay.DeskAsync(Story.Desk(PersonalData.Email("desk")).Build())).ShouldBe(202);
        (await Relay.DeskAsync(Story.Desk("").Build())).ShouldBe(202);

        await Relay.RelayAsync();

        Relay.Klaviyo.EventRequests().Count.ShouldBe(4);
        NothingIsTold();
    }

    [Fact]
    public async Task Throttled_and_released_event_leaves_no_trace_of_the_customer()
    {
        Relay.Klaviyo.OnEventFor(PersonalData.Email("throttled")).Reply(429, Story.Refusal(PersonalData.Email("throttled"))).Then(429).Then(429).Then(202);
        await Relay.GladlyAsync(Story.Gladly("throttled").Build());
        await Relay.RelayAsync();
        Relay.Clock.Advance(TimeSpan.FromHours(1));

        await Relay.RunAsync("ReleaseThrottled", Bodies(QueueNames.DeadLetterThrottled));
        await Relay.RelayAsync();

        Relay.Queue.Throttled.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Throttled);
        Relay.Klaviyo.EventRequests().Count.ShouldBe(4);
        NothingIsTold();
    }

    [Fact]
    public async Task Refused_and_lost_events_leave_no_trace_of_the_customer()
    {
        Relay.Klaviyo.OnEventFor(PersonalData.Email("rejected")).Reply(400, Story.Refusal(PersonalData.Email("rejected")), "application/vnd.api+json");
        Relay.Klaviyo.OnEventFor(PersonalData.Email("desk")).Reply(401, Story.Refusal(PersonalData.Email("desk")), "application/vnd.api+json");
        Relay.Klaviyo.OnEventFor(PersonalData.Email("unreachable")).Throw(new HttpRequestException($"No answer to {PersonalData.Email("unreachable")}."));
        Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Throw(new HttpRequestException($"No answer to any(email,[\"{PersonalData.Email("kustomer")}\"])."));
        Relay.Kustomer.KnowsKustomer(KustomerWebhookBuilder.CustomerId, PersonalData.Email("kustomer"));
        Relay.Gladly.On(HttpMethod.Get, "/api/v1/customer-profiles/nobody").Reply(404, Story.Refusal(PersonalData.Email("nobody")));
        foreach (var customer in new[] { "rejected", "unreachable", "nobody" })
        {
            await Relay.GladlyAsync(Story.Gladly(customer).Build());
        }

        await Relay.KustomerAsync(Story.Kustomer().Build());
        await Relay.RelayAsync();
        await Relay.DeskAsync(Story.Desk(PersonalData.Email("desk")).Build());
        await Relay.RelayAsync();

        Relay.Queue.Rejected.Concat(Relay.Queue.Throttled).Select(letter => letter.Reason).ShouldBe(
            [DeadLetterReason.Invalid, DeadLetterReason.CustomerNotFound, DeadLetterReason.Unauthorized, DeadLetterReason.Unavailable, DeadLetterReason.Unavailable], ignoreOrder: true);
        NothingIsTold();
        await OperatorSeesMasksAsync();
    }

    [Fact]
    public async Task Bad_webhooks_leave_no_trace_of_what_they_held()
    {
        var body = Story.Gladly("delivered").Build();
        (await Relay.GladlyAsync(body[..^5])).ShouldBe(400);
        (await Relay.GladlyAsync(Story.Gladly("delivered").Without("content.conversationId").Build())).ShouldBe(400);
        (await Relay.GladlyAsync(Story.Gladly("delivered").With("timestamp", PersonalData.Email("time")).Build())).ShouldBe(400);
        (await Relay.GladlyAsync(Story.Gladly("delivered").OfType(PersonalData.Text).Build())).ShouldBe(200);
        (await Relay.DeskAsync(Story.Desk(PersonalData.Email("desk")).With("at", PersonalData.Text).Build())).ShouldBe(400);
        (await Relay.KustomerAsync(Story.Kustomer().With("name", PersonalData.Text).Build())).ShouldBe(200);
        (await Relay.PostAsync("kustomer", Story.Kustomer().Build())).ShouldBe(401);
        (await Relay.PostAsync("gladly", body, headers => headers.Add("Authorization", WebhookRequestBuilder.Basic($"relay:{PersonalData.WrongPassword}")))).ShouldBe(401);
        (await Relay.PostAsync("nobody", body)).ShouldBe(404);
        (await Relay.PostAsync("gladly", body, contentType: "text/plain")).ShouldBe(415);
        Relay.Queue.Down.Add("*");
        (await Relay.GladlyAsync(body)).ShouldBe(503);

        NothingIsTold();
    }

    [Fact]
    public async Task Unreadable_messages_and_recovered_lines_leave_no_trace_of_what_they_held()
    {
        var line = Story.Gladly("delivered").Build();
        Relay.Gladly.On(HttpMethod.Get, "/api/v1/events").Reply(200, $"{line}\n{line[..^5]}\n{Story.Gladly("rejected").Without("content.conversationId").Build()}\n", "application/jsonl");
        await Relay.RecoverAsync();
        var readable = Relay.Queue.Fresh.ShouldHaveSingleItem().Body;

        await Relay.RunAsync("RelayConversationEvents", readable, $$"""{"version":9,"subject":"{{PersonalData.Subject}}"}""");
        await Relay.RunAsync("ReleaseThrottled", PersonalData.Text);
        await Should.ThrowAsync<Exception>(Relay.RunAsync("RelayConversationEvents", PersonalData.Text));

        Relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
        NothingIsTold();
    }

    [Fact]
    public async Task Card_leaves_no_trace_of_the_customer_and_tells_no_email()
    {
        await Relay.GladlyAsync(Story.Gladly("delivered").Build());
        await Relay.RelayAsync();
        foreach (var (customer, status) in new[] { ("known", 200), ("refused", 503), ("lost", 503) })
        {
            Relay.Kustomer.KnowsKustomer(customer, PersonalData.Email(customer));
            var search = Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles, request => request.Address.Query.Contains(customer, StringComparison.Ordinal));
            _ = status == 200 ? search.Reply(200, InsightFixture.ProfilePage([(InsightFixture.Profile, PersonalData.Email(customer), null)]))
                : customer == "refused" ? search.Reply(400, Story.Refusal(PersonalData.Email(customer)), "application/vnd.api+json")
                : search.Throw(new HttpRequestException($"No answer to {PersonalData.Email(customer)}."));
        }

        Relay.Klaviyo.On(HttpMethod.Get, "/api/accounts").Reply(403);
        Relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Events).Reply(200, InsightFixture.EventPage());
        Relay.Klaviyo.On(HttpMethod.Get, "/api/campaign-messages/M1/campaign").Reply(404, Story.Refusal(PersonalData.Email("known")), "application/vnd.api+json");
        Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/lists").Reply(400, Story.Refusal(PersonalData.Email("known")), "application/vnd.api+json");
        Relay.Klaviyo.On(HttpMethod.Get, $"/api/profiles/{InsightFixture.Profile}/segments").Throw(new HttpRequestException($"No answer about {PersonalData.Email("known")}."));

        (await Relay.CardAsync("known", TestSettings.CardToken)).ShouldBe(200);
        (await Relay.CardAsync("refused", TestSettings.CardToken)).ShouldBe(503);
        (await Relay.CardAsync("lost", TestSettings.CardToken)).ShouldBe(503);
        (await Relay.CardAsync("known", PersonalData.WrongPassword)).ShouldBe(401);

        NothingIsTold();
    }

    private string[] Bodies(string queue) => [.. Relay.Queue.On(queue).Select(message => message.Body)];

    private void NothingIsTold()
    {
        var metrics = Relay.TakeMetrics();
        // What is looked through must be there.
        Relay.Logs.ShouldNotBeEmpty();
        Relay.Activities.ShouldContain(activity => activity.Contains("KlaviyoRelay", StringComparison.Ordinal));
        metrics.ShouldNotBeEmpty();
        ShouldNotHold(Relay.Logs.Concat(Relay.Activities).Concat(metrics).Concat(Relay.Answers).Concat(Relay.Letters), [.. PersonalData.Markers, .. Secrets]);
    }

    /// <summary>The operator's own list of letters: it shows the subject, and emails and phone numbers masked.</summary>
    private async Task OperatorSeesMasksAsync()
    {
        var cli = new CliFixture();
        foreach (var queue in new[] { QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected })
        {
            await cli.Queue.SendAsync(queue, [.. Relay.Queue.On(queue).Select(message => message with { NotBefore = null })], TestContext.Current.CancellationToken);
        }

        List<string> shown = [(await cli.RunAsync("list")).Output];
        foreach (var id in (await cli.RunAsync("list", "--json")).Ids)
        {
            shown.Add((await cli.RunAsync("show", id)).Output);
            shown.Add((await cli.RunAsync("show", id, "--json")).Output);
        }

        shown.Count.ShouldBeGreaterThan(8);
        ShouldNotHold(shown, [.. PersonalData.Markers.Except(["zqsubject"]), .. Secrets]);
    }

    private static void ShouldNotHold(IEnumerable<string> told, IReadOnlyList<string> markers)
    {
        var found = told.Where(text => markers.Any(marker => text.Contains(marker, StringComparison.OrdinalIgnoreCase))).ToList();
        found.ShouldBeEmpty(string.Join(Environment.NewLine, found));
    }
}
