using System.Net;
using System.Text;
using System.Text.Json;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>The event says what happened; the profile property says what is true when it is written.</summary>
public sealed class PresentStateTests : IDisposable
{
    private const string List = "/api/v1/customers/c1/conversations";
    private const string Own = "/api/v1/conversations/conversation-1";

    private readonly InMemoryConversationStore _store = new();
    private readonly RelayFixture _relay;

    public PresentStateTests() => _relay = new RelayFixture(
        services => services.AddSingleton<IConversationStore>(_store),
        [
            ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"),
            ("Secrets__conversationRecordKey", "a-key-of-the-tests"),
            .. DeskWebhookBuilder.Settings(),
        ]);

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData("late")]
    [InlineData("closed")]
    [InlineData("reopened")]
    [InlineData("tried")]
    [InlineData("future")]
    public async Task Gladly_is_asked_for_the_customers_conversations_when_the_event_proves_nothing(string what)
    {
        KnowsGladly();
        var asked = _relay.Gladly.HasConversations("c1", "CLOSED", "WAITING").Then(200, StubApiExtensions.Conversations("CLOSED", "CLOSED"));

        await _relay.RelayAsync(Event(what));
        await _relay.RelayAsync(Event(what));

        asked.Count.ShouldBe(2);
        Properties().ShouldBe([true, false]);
    }

    [Fact]
    public async Task New_gladly_conversation_proves_itself()
    {
        KnowsGladly();

        await _relay.RelayAsync(new RelayMessageBuilder());

        Property().ShouldBe(true);
    }

    [Fact]
    public async Task Repeat_of_a_new_gladly_conversation_is_asked_about()
    {
        KnowsGladly();
        await _relay.RelayAsync(new RelayMessageBuilder());
        _relay.Gladly.HasConversations("c1", "CLOSED");

        await _relay.RelayAsync(new RelayMessageBuilder());

        Properties().ShouldBe([true, false]);
    }

    [Fact]
    public async Task Opening_that_arrives_after_its_close_is_asked_about_however_young_it_is()
    {
        KnowsGladly();
        _relay.Gladly.HasConversations("c1", "CLOSED");
        await _relay.RelayAsync(new RelayMessageBuilder().Id("e2").Closed().Event(one => one with { OccurredAt = TestClock.Start.AddSeconds(-2) }));

        await _relay.RelayAsync(new RelayMessageBuilder());

        Properties().ShouldBe([false, false]);
    }

    [Fact]
    public async Task Customer_of_several_events_is_asked_about_once()
    {
        KnowsGladly();
        var asked = _relay.Gladly.HasConversations("c1", "CLOSED", "CLOSED");

        await _relay.RelayAsync(
            new RelayMessageBuilder(),
            new RelayMessageBuilder().Id("e2").Closed(),
            new RelayMessageBuilder().Id("e3").Event(one => one with { ConversationId = "conversation-2" }));

        asked.Count.ShouldBe(1);
        Properties().ShouldBe([false, false, false]);
    }

    [Theory]
    [InlineData(503, DeadLetterReason.Unavailable)]
    [InlineData(401, DeadLetterReason.Unauthorized)]
    public async Task Event_waits_when_gladly_does_not_say(int status, DeadLetterReason reason)
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(status, """{"errors":[{"code":"no"}]}""");

        await _relay.RelayAsync(Event("late"));

        _relay.Klaviyo.EventRequests().ShouldBeEmpty();
        _relay.Queue.Throttled.Concat(_relay.Queue.Rejected).ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Merged_customers_conversations_are_asked_for_by_the_new_id()
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(301, """{ "errors": [ { "attr": "customerId", "code": "moved", "meta": { "old": "c1", "new": "c2" } } ] }""");
        _relay.Gladly.HasConversations("c2", "OPEN");

        await _relay.RelayAsync(Event("closed"));

        Property().ShouldBe(true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("404 page not found")]
    [InlineData("<html>Not found</html>")]
    public async Task Organization_without_the_list_is_one_whatever_answers_for_it(string body)
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(404, body, "text/plain");
        _relay.Gladly.On(HttpMethod.Get, Own).Reply(200, """{"id":"conversation-1","status":"CLOSED"}""");

        await _relay.RelayAsync(Event("closed"));

        Property().ShouldBe(false);
    }

    [Fact]
    public async Task Organization_that_has_given_the_list_is_asked_for_it_again_after_a_404()
    {
        KnowsGladly();
        var list = _relay.Gladly.HasConversations("c1", "OPEN").Then(404).Then(200, StubApiExtensions.Conversations("OPEN"));
        _relay.Gladly.On(HttpMethod.Get, Own).Reply(200, """{"id":"conversation-1","status":"CLOSED"}""");

        await _relay.RelayAsync(Event("closed"));
        await _relay.RelayAsync(Event("closed").Id("e2"));
        await _relay.RelayAsync(Event("closed").Id("e3"));

        list.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("{}")]
    public async Task Event_waits_when_gladly_lists_something_else_than_conversations(string body)
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(200, body);

        await _relay.RelayAsync(Event("closed"));

        _relay.Queue.Throttled.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Fresh_close_that_gladly_knows_nothing_of_clears_the_flag_and_a_late_one_leaves_it_alone()
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(404);
        _relay.Gladly.On(HttpMethod.Get, Own).Reply(404);

        await _relay.RelayAsync(Event("closed"));
        await _relay.RelayAsync(Event("closed").Id("e2").Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-1) }));

        Properties().ShouldBe([false, null]);
    }

    [Fact]
    public async Task Follow_up_that_the_queue_does_not_take_waits_as_a_letter_and_holds_up_nothing()
    {
        KnowsKustomer(open: 1, snoozed: 0);
        _relay.Queue.Down.Add(QueueNames.ConversationEvents);

        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed());

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
        _relay.Queue.Throttled.ShouldHaveSingleItem().Emails.ShouldBe(["ann@shop.example"]);
    }

    [Fact]
    public async Task More_conversations_of_one_customer_than_a_table_writes_at_once_are_recorded()
    {
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync([.. Enumerable.Range(0, 300).Select(number => Desk($"c{number}").Event(one => one with { OccurredAt = TestClock.Start }).Retried(0, TestClock.Start, "ann@shop.example"))]);

        _relay.Klaviyo.EventRequests().Count.ShouldBe(300);
        _store.Rows.Count.ShouldBe(301);
    }

    [Theory]
    [InlineData(60 * 24 * 365 * 50)]
    [InlineData(-60 * 24 * 365 * 500)]
    public async Task Time_that_a_helpdesk_gets_wrong_does_not_pin_the_flag(int minutesAhead)
    {
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(Desk("a").Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(minutesAhead) }).Retried(0, TestClock.Start, "ann@shop.example"));
        await RelayDeskAsync("solved", "a", -1);

        Properties("In Conversation")[^1].ShouldBe(false);
        _store.Rows.ShouldAllBe(row => row.Row.ChangedAt.Year >= 2000 && row.Row.ChangedAt.Year < 2030);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(5)]
    public async Task Clock_that_is_behind_the_receivers_and_the_helpdesks_does_not_make_a_close_older_than_its_opening(int minutesBehind)
    {
        var happened = TestClock.Start.AddMinutes(minutesBehind);
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(Desk("a").Id("close").Closed().Event(one => one with { OccurredAt = happened }).AcceptedAt(happened.AddSeconds(30)).Retried(0, TestClock.Start, "ann@shop.example"));
        _relay.Clock.Advance(TimeSpan.FromMinutes(minutesBehind));
        await _relay.RelayAsync(Desk("a").Event(one => one with { OccurredAt = happened }).AcceptedAt(happened.AddSeconds(40)).Retried(0, TestClock.Start, "ann@shop.example"));

        Properties("In Conversation").ShouldBe([false, false]);
    }

    [Fact]
    public async Task Organization_without_the_list_is_remembered_for_a_day()
    {
        KnowsGladly();
        var list = _relay.Gladly.On(HttpMethod.Get, List).Reply(404);
        var own = _relay.Gladly.On(HttpMethod.Get, Own).Reply(200, """{"id":"conversation-1","status":"CLOSED"}""");
        await _relay.RelayAsync(Event("closed"));
        await _relay.RelayAsync(Event("closed").Id("e2"));
        (list.Count, own.Count).ShouldBe((1, 2));

        _relay.Clock.Advance(TimeSpan.FromDays(1));
        await _relay.RelayAsync(Event("closed").Id("e3"));

        (list.Count, own.Count).ShouldBe((2, 3));
        Properties().ShouldBe([false, false, false]);
    }

    [Fact]
    public async Task Late_close_does_not_clear_the_flag_of_a_newer_conversation_when_gladly_has_no_list()
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(404);
        _relay.Gladly.On(HttpMethod.Get, Own).Reply(200, """{"id":"conversation-1","status":"CLOSED"}""");
        await _relay.RelayAsync(new RelayMessageBuilder().Id("e2").Event(one => one with { ConversationId = "conversation-2", OccurredAt = TestClock.Start }));

        await _relay.RelayAsync(Event("closed").Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-3) }));

        Properties().ShouldBe([true, true]);
    }

    [Theory]
    [InlineData("2026-01-15T13:59:00Z", false)]
    [InlineData("2020-01-15T13:59:00Z", null)]
    public async Task Late_close_clears_the_flag_beside_a_list_that_is_cut_when_its_conversation_is_the_newest(string createdAt, bool? expected)
    {
        KnowsGladly();
        _relay.Gladly.On(HttpMethod.Get, List).Reply(
            200, StubApiExtensions.Conversations([.. Enumerable.Repeat("CLOSED", 100)]), headers: [("Gladly-Limited-Data", "true")]);
        _relay.Gladly.On(HttpMethod.Get, Own).Reply(200, $$"""{"id":"conversation-1","status":"CLOSED","createdAt":"{{createdAt}}"}""");

        await _relay.RelayAsync(Event("closed").Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-3) }));

        Property().ShouldBe(expected);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 1, true)]
    public async Task Kustomers_counts_decide_for_every_event(int open, int snoozed, bool expected)
    {
        KnowsKustomer(open, snoozed);

        await _relay.RelayAsync(
            new RelayMessageBuilder().Kustomer(),
            new RelayMessageBuilder().Kustomer().Id("e2").Closed(),
            new RelayMessageBuilder().Kustomer().Id("e3").Event(one => one with { OccurredAt = TestClock.Start.AddHours(-1) }));

        Properties("In Kustomer Conversation").ShouldBe([expected, expected, expected]);
        _relay.Kustomer.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Event_whose_emails_are_known_asks_kustomer_all_the_same()
    {
        KnowsKustomer(open: 0, snoozed: 0);

        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Retried(1, TestClock.Start.AddMinutes(-20), "ann@shop.example"));

        Properties("In Kustomer Conversation").ShouldBe([false]);
    }

    [Fact]
    public async Task Fresh_event_that_the_helpdesk_contradicts_is_looked_at_again_after_thirty_seconds()
    {
        KnowsKustomer(open: 1, snoozed: 0);
        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed());

        var again = _relay.Queue.Fresh.ShouldHaveSingleItem();
        again.NotBefore.ShouldBe(TestClock.Start.AddSeconds(30));
        _relay.Clock.Advance(TimeSpan.FromSeconds(30));
        KnowsKustomer(open: 0, snoozed: 0);
        await _relay.RelayAsync(again.Body);

        Properties("In Kustomer Conversation").ShouldBe([true, false]);
        _relay.Klaviyo.EventRequests().Select(request => request.UniqueId()).Distinct().ShouldHaveSingleItem();
        _relay.Queue.Fresh.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fresh_event_of_a_batch_that_had_to_wait_is_looked_at_again_when_the_helpdesk_contradicted_it()
    {
        _relay.Klaviyo.AcceptsEvents();
        _relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c1").Reply((_, _) =>
        {
            // Another customer of the batch holds it up.
            _relay.Clock.Step(TimeSpan.FromSeconds(25));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"data":{"attributes":{"emails":[{"email":"ann@shop.example"}],"conversationCounts":{"open":1,"snoozed":0,"done":4} } } }""", Encoding.UTF8, "application/json"),
            });
        });

        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed());

        Properties("In Kustomer Conversation").ShouldBe([true]);
        _relay.Queue.Fresh.ShouldHaveSingleItem().NotBefore.ShouldNotBeNull();
    }

    [Fact]
    public async Task Letter_that_is_redriven_at_once_is_looked_at_again_when_the_helpdesk_contradicts_it()
    {
        KnowsKustomer(open: 1, snoozed: 0);
        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed().Retried(1, TestClock.Start, "ann@shop.example"));

        var again = _relay.Queue.Fresh.ShouldHaveSingleItem();
        _relay.Clock.Advance(TimeSpan.FromSeconds(30));
        await _relay.RelayAsync(again.Body);

        // The helpdesk still contradicts it, and has had its time.
        Properties("In Kustomer Conversation").ShouldBe([true, true]);
        _relay.Queue.Fresh.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Close_that_comes_seconds_after_another_opening_is_looked_at_again()
    {
        _relay.Clock.Advance(TimeSpan.FromMinutes(2));
        KnowsKustomer(open: 1, snoozed: 0);
        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Event(one => one with { OccurredAt = _relay.Clock.GetUtcNow() }));
        // The helpdesk's count is without the new conversation still.
        KnowsKustomer(open: 0, snoozed: 0);
        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed().Event(one => one with { Id = "e2", ConversationId = "conversation-2", OccurredAt = _relay.Clock.GetUtcNow() }));

        KnowsKustomer(open: 1, snoozed: 0);
        await _relay.RelayAsync(_relay.Queue.Fresh.ShouldHaveSingleItem().Body);

        Properties("In Kustomer Conversation").ShouldBe([true, false, true]);
    }

    [Fact]
    public async Task Close_of_a_generic_conversation_counts_when_the_relays_clock_is_set_back()
    {
        _relay.Klaviyo.AcceptsEvents();
        await RelayDeskAsync("created", "a", 60);

        _relay.Clock.Step(-TimeSpan.FromMinutes(40));
        await RelayDeskAsync("solved", "a", 5);

        Properties("In Conversation").ShouldBe([true, false]);
    }

    [Fact]
    public async Task Generic_opening_that_comes_five_minutes_late_sets_the_flag()
    {
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new DeskWebhookBuilder().With("at", Ago(300)));

        Properties("In Conversation").ShouldBe([true]);
    }

    [Fact]
    public async Task Repeated_close_does_not_clear_the_flag_of_a_newer_generic_conversation()
    {
        _relay.Klaviyo.AcceptsEvents();
        await RelayDeskAsync("created", "a", 7200);
        await RelayDeskAsync("solved", "a", 7000);
        await RelayDeskAsync("created", "b", 6000);

        await RelayDeskAsync("solved", "a", 7000);

        Properties("In Conversation").ShouldBe([true, false, true, true]);
    }

    [Fact]
    public async Task Late_generic_opening_leaves_the_flag_cleared_when_its_close_is_known()
    {
        _relay.Klaviyo.AcceptsEvents();
        await RelayDeskAsync("solved", "a", 60);

        await RelayDeskAsync("created", "a", 600);

        Properties("In Conversation").ShouldBe([false, false]);
    }

    [Fact]
    public async Task Event_of_a_generic_helpdesk_waits_while_the_record_is_away()
    {
        _store.Down = new ConversationStoreException(isProvisioned: true, "Table storage does not answer.");

        await _relay.RelayAsync(new DeskWebhookBuilder());

        _relay.Klaviyo.EventRequests().ShouldBeEmpty();
        _relay.Queue.Throttled.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Event_alone_decides_when_the_record_was_never_set_up_with_one_warning()
    {
        _relay.Klaviyo.AcceptsEvents();
        _store.Down = new ConversationStoreException(isProvisioned: false, "There is no table.");

        await RelayDeskAsync("created", "a", 10);
        await RelayDeskAsync("created", "b", 600);
        await RelayDeskAsync("solved", "a", 500);

        Properties("In Conversation").ShouldBe([true, null, false]);
        _relay.Logs.Lines.Where(line => line.Contains("not set up", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Event_of_a_customer_who_has_an_id_decides_alone_when_the_record_was_never_set_up()
    {
        _relay.Klaviyo.AcceptsEvents();
        _store.Down = new ConversationStoreException(isProvisioned: false, "There is no table.");

        await _relay.RelayAsync(Desk("a").Retried(0, TestClock.Start, "ann@shop.example").Event(one => one with { CustomerId = "c1", OccurredAt = TestClock.Start }));
        await _relay.RelayAsync(Desk("b").Closed().Retried(0, TestClock.Start, "ann@shop.example").Event(one => one with { Id = "b-closed", CustomerId = "c1", OccurredAt = TestClock.Start }));

        Properties("In Conversation").ShouldBe([true, false]);
    }

    [Fact]
    public async Task Helpdesks_word_about_the_one_conversation_decides_when_the_record_was_never_set_up()
    {
        KnowsGladly();
        _store.Down = new ConversationStoreException(isProvisioned: false, "There is no table.");
        _relay.Gladly.On(HttpMethod.Get, List).Reply(404);
        _relay.Gladly.On(HttpMethod.Get, Own).Reply(200, """{"id":"conversation-1","status":"OPEN"}""");

        await _relay.RelayAsync(Event("closed"));

        Property().ShouldBe(true);
    }

    [Fact]
    public async Task Fresh_event_counts_by_itself_when_the_helpdesk_does_not_know_the_customer_and_a_late_one_does_not()
    {
        _relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c1").Reply(404);
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Closed().Retried(0, TestClock.Start, "ann@shop.example"));
        await _relay.RelayAsync(new RelayMessageBuilder().Kustomer().Id("e2").Closed().Retried(0, TestClock.Start, "ann@shop.example").Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-1) }));

        Properties("In Kustomer Conversation").ShouldBe([false, null]);
    }

    [Fact]
    public async Task Deliveries_that_set_no_property_stay_as_they_are()
    {
        var rated = new RelayMessageBuilder().Event(one => one with { Kind = ConversationEventKind.Rated, InConversation = null }).Message;
        IReadOnlyList<Delivery> deliveries = [.. Delivery.Of(rated, _relay.Connection("gladly"), _relay.Account("main"), ["ann@shop.example"])];

        var left = await _relay.Get<PresentState>().RunAsync(new RelayBatch(_relay.Budget, TestClock.Start), deliveries, TestContext.Current.CancellationToken);

        left.ShouldBeSameAs(deliveries);
    }

    [Fact]
    public async Task Record_that_is_set_up_later_is_used_within_a_minute()
    {
        _relay.Klaviyo.AcceptsEvents();
        _store.Down = new ConversationStoreException(isProvisioned: false, "There is no table.");
        await RelayDeskAsync("created", "a", 10);
        _store.Down = null;
        _relay.Clock.Advance(TimeSpan.FromMinutes(1));

        await RelayDeskAsync("created", "b", 600);

        Properties("In Conversation").ShouldBe([true, true]);
    }

    [Fact]
    public async Task Late_opening_that_was_accepted_before_the_record_began_counts_as_without_record()
    {
        _relay.Klaviyo.AcceptsEvents();
        await RelayDeskAsync("created", "a", 10);
        await RelayDeskAsync("solved", "a", 5);

        await _relay.RelayAsync(Desk("b").Retried(1, TestClock.Start.AddMinutes(-20), "ann@shop.example"));
        await RelayDeskAsync("created", "c", 4);
        await RelayDeskAsync("solved", "c", 3);

        Properties("In Conversation").ShouldBe([true, false, null, true, false]);
    }

    [Fact]
    public async Task Two_instances_that_update_one_customer_at_once_lose_nothing()
    {
        _relay.Klaviyo.AcceptsEvents();
        var first = true;
        _store.AfterRead = async () =>
        {
            if (_store.Rows.Count == 1 && first)
            {
                // Between this instance's read and its write, another one takes an event of the same conversation in.
                first = false;
                await RelayDeskAsync("solved", "a", 5);
            }
        };

        await RelayDeskAsync("created", "a", 10);

        Properties("In Conversation").ShouldBe([false, false]);
    }

    [Fact]
    public async Task Conversation_that_goes_to_another_brand_clears_the_flag_of_the_account_that_it_left()
    {
        using var relay = new RelayFixture(
            services => services.AddSingleton<IConversationStore>(_store),
            [
                ("Relay__Accounts__second__PrivateKeySecret", "klaviyoKey"),
                ("Secrets__conversationRecordKey", "a-key-of-the-tests"),
                .. DeskWebhookBuilder.Settings(("Generic__Brand", "/ticket/site"), ("Brands__other__Ids", "other"), ("Brands__other__Account", "second")),
            ]);
        relay.Klaviyo.AcceptsEvents();
        await relay.RelayAsync(new DeskWebhookBuilder().With("at", Ago(60)));

        await relay.ReceiveAsync(WebhookRequestBuilder.Desk(new DeskWebhookBuilder().Of("solved").With("ticket.site", "other").With("at", Ago(5)).Build()));
        await relay.RelayAsync(relay.Queue.Fresh[1].Body);
        var moved = relay.Queue.Fresh[2];
        await relay.RelayAsync(moved.Body);

        (relay.Queue.Fresh.Count, moved.SessionId).ShouldBe((3, "main"));
        RelayWork.Reader.Read(moved.Body).ShouldNotBeNull().Event.InConversation.ShouldBe(false);
        relay.Klaviyo.EventRequests().Select(request => (request.Metric(), Property(request, "In Conversation"))).ShouldBe(
            [("Helpdesk Conversation Opened", true), ("Helpdesk Conversation Closed", false), ("Helpdesk Conversation Moved", false)]);
    }

    [Fact]
    public async Task Account_whose_conversation_has_just_opened_keeps_its_flag_when_the_helpdesk_does_not_count_it_yet()
    {
        using var relay = WithBrands();
        KnowsKustomer(relay, open: 2, snoozed: 0);
        await relay.RelayAsync(new RelayMessageBuilder().Kustomer());
        KnowsKustomer(relay, open: 0, snoozed: 0);

        await relay.RelayAsync(new RelayMessageBuilder().Connection("kustomer", "second").Kustomer().Closed().Event(one => one with { Id = "e2", ConversationId = "conversation-2" }));

        relay.Queue.Fresh.ShouldNotContain(message => message.SessionId == "main");
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(4, 0)]
    public async Task Answer_that_got_old_in_its_batch_is_asked_for_again_where_another_account_may_know_better(int waited, int looks)
    {
        using var relay = WithBrands();
        KnowsKustomer(relay, open: 1, snoozed: 0);
        relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c2").Reply((_, _) =>
        {
            relay.Clock.Step(TimeSpan.FromSeconds(waited));
            return Task.FromResult(StubCall.Answer(404));
        });
        var minutesAgo = new RelayMessageBuilder().Kustomer().Closed().Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(-2) });

        await relay.RelayAsync(minutesAgo, new RelayMessageBuilder().Kustomer().Customer("c2").Id("e2"));

        relay.Queue.Fresh.Count.ShouldBe(looks);
    }

    [Fact]
    public async Task Record_holds_no_personal_data()
    {
        _relay.Klaviyo.AcceptsEvents();

        await RelayDeskAsync("created", "a", 10);

        $"{string.Join(' ', _store.Rows)}".ShouldNotContain("ann");
    }

    [Fact]
    public async Task Forgotten_persons_rows_are_erased_in_whatever_case_the_email_is_written()
    {
        _relay.Klaviyo.AcceptsEvents();
        await RelayDeskAsync("created", "a", 10);
        await RelayDeskAsync("created", "b", 10);

        (await _relay.Get<CustomerEraser>().ForgetAsync(" Ann@Shop.example ", TestContext.Current.CancellationToken)).ShouldBe(2);

        _store.Rows.ShouldHaveSingleItem().Row.Key.ShouldBe("began");
    }

    /// <summary>Kustomer's brand "other" belongs to the account "second".</summary>
    private RelayFixture WithBrands() => new(
        services => services.AddSingleton<IConversationStore>(_store),
        [
            ("Relay__Accounts__second__PrivateKeySecret", "klaviyoKey"),
            ("Secrets__conversationRecordKey", "a-key-of-the-tests"),
            ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"),
            ("Relay__Connections__kustomer__Brands__other__Ids", "other"),
            ("Relay__Connections__kustomer__Brands__other__Account", "second"),
        ]);

    private static RelayMessageBuilder Event(string what) => what switch
    {
        "late" => new RelayMessageBuilder().Event(one => one with { OccurredAt = TestClock.Start.AddSeconds(-21) }),
        "closed" => new RelayMessageBuilder().Closed(),
        "reopened" => new RelayMessageBuilder().Event(one => one with { Kind = ConversationEventKind.Reopened }),
        "tried" => new RelayMessageBuilder().Retried(1, TestClock.Start, "ann@shop.example"),
        "future" => new RelayMessageBuilder().Event(one => one with { OccurredAt = TestClock.Start.AddMinutes(5) }),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static RelayMessageBuilder Desk(string conversation) => new RelayMessageBuilder().Event(one => one with
    {
        Id = $"{conversation}-opened",
        Connection = "desk",
        Helpdesk = "generic",
        ConversationId = conversation,
        CustomerId = "",
        OccurredAt = TestClock.Start.AddMinutes(-20),
    });

    private static long Ago(int seconds) => TestClock.Start.ToUnixTimeSeconds() - seconds;

    private async Task RelayDeskAsync(string what, string conversation, int secondsAgo)
    {
        var webhook = new DeskWebhookBuilder().Of(what).With("ticket.id", conversation).With("at", Ago(secondsAgo)).Build();
        await _relay.ReceiveAsync(WebhookRequestBuilder.Desk(webhook));
        await _relay.RelayAsync(_relay.Queue.Fresh[^1].Body);
    }

    private void KnowsGladly()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.AcceptsEvents();
    }

    private void KnowsKustomer(int open, int snoozed) => KnowsKustomer(_relay, open, snoozed);

    private static void KnowsKustomer(RelayFixture relay, int open, int snoozed)
    {
        relay.Kustomer.On(HttpMethod.Get, "/v1/customers/c1").Reply(
            200, $$$"""{"data":{"attributes":{"emails":[{"email":"ann@shop.example"}],"conversationCounts":{"open":{{{open}}},"snoozed":{{{snoozed}}},"done":4} } } }""");
        relay.Klaviyo.AcceptsEvents();
    }

    private bool? Property() => Properties().ShouldHaveSingleItem();

    private List<bool?> Properties(string name = "In Gladly Conversation") => [.. _relay.Klaviyo.EventRequests().Select(request => Property(request, name))];

    private static bool? Property(StubRequest request, string name)
    {
        using var body = JsonDocument.Parse(request.Body);
        var profile = body.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("profile").GetProperty("data").GetProperty("attributes");
        return profile.TryGetProperty("properties", out var properties) ? properties.GetProperty(name).GetBoolean() : null;
    }
}
