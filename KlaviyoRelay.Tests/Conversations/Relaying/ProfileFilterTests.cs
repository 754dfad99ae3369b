using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class ProfileFilterTests : IDisposable
{
    private readonly RelayFixture _relay = new(("Relay__Connections__gladly__CreateProfiles", "false"));

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Only_emails_that_klaviyo_knows_get_the_event()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example", "ann@work.example");
        _relay.Klaviyo.HasProfiles("ann@work.example");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder());

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Email().ShouldBe("ann@work.example");
        _relay.Logs.Lines.ShouldContain("Relayed 1 event(s): 1 delivered, 1 skipped, 0 dead-lettered.");
    }

    [Fact]
    public async Task Emails_are_compared_without_regard_to_case()
    {
        _relay.Gladly.Knows("c1", "Ann@Shop.example");
        _relay.Klaviyo.HasProfiles("ann@shop.EXAMPLE");
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder());

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Each_email_is_searched_once_for_a_whole_batch()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Gladly.Knows("c2", "ANN@shop.example", "bob@shop.example");
        var search = _relay.Klaviyo.HasProfiles();

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1"), new RelayMessageBuilder().Id("e2").Closed(), new RelayMessageBuilder().Id("e3").Customer("c2"));

        search.Count.ShouldBe(1);
        Uri.UnescapeDataString(_relay.Klaviyo.Requests.ShouldHaveSingleItem().Address.Query)
            .ShouldBe("?filter=any(email,[\"ann@shop.example\",\"bob@shop.example\"])&fields[profile]=email&page[size]=100");
    }

    [Fact]
    public async Task Profiles_are_not_searched_when_the_connection_may_create_them()
    {
        using var relay = new RelayFixture();
        relay.Gladly.Knows("c1", "ann@shop.example");
        relay.Klaviyo.AcceptsEvents();

        await relay.RelayAsync(new RelayMessageBuilder());

        relay.Klaviyo.Requests.ShouldHaveSingleItem().Method.ShouldBe(HttpMethod.Post);
    }

    [Fact]
    public async Task Nothing_is_copied_when_everything_is_kept()
    {
        using var relay = new RelayFixture();
        IReadOnlyList<Delivery> deliveries = [.. Delivery.Of(new RelayMessageBuilder().Message, relay.Connection("gladly"), relay.Account("main"), ["ann@shop.example"])];

        var kept = await relay.Get<ProfileFilter>().RunAsync(new RelayBatch(relay.Budget, TestClock.Start), deliveries, TestContext.Current.CancellationToken);

        kept.ShouldBeSameAs(deliveries);
    }

    [Theory]
    [InlineData(400, DeadLetterReason.Invalid)]
    [InlineData(403, DeadLetterReason.Forbidden)]
    public async Task Failed_search_parks_the_events_with_their_emails(int status, DeadLetterReason reason)
    {
        _relay.Gladly.Knows("c1", "ann@shop.example", "ann@work.example");
        _relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(status);

        await _relay.RelayAsync(new RelayMessageBuilder());

        var letter = _relay.Queue.Rejected.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(reason);
        letter.Emails.ShouldBe(["ann@shop.example", "ann@work.example"], ignoreOrder: true);
        _relay.Klaviyo.EventRequests().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Just a moment</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task Answer_that_holds_no_profiles_holds_the_events_instead_of_skipping_them(string answer)
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(200, answer);

        await _relay.RelayAsync(new RelayMessageBuilder());

        _relay.Queue.Throttled.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Unavailable);
    }

    [Fact]
    public async Task Connection_that_may_create_profiles_is_not_filtered_beside_one_that_may_not()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Kustomer.KnowsKustomer("k1", "kim@shop.example");
        _relay.Klaviyo.HasProfiles();
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1"), new RelayMessageBuilder().Id("e2").Kustomer().Customer("k1"));

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Email().ShouldBe("kim@shop.example");
        _relay.Klaviyo.Requests[0].Address.Query.ShouldNotContain("kim");
    }

    [Theory]
    [InlineData(500, DeadLetterReason.Unavailable)]
    [InlineData(403, DeadLetterReason.Forbidden)]
    public async Task Failed_search_does_not_hold_back_a_connection_that_may_create_profiles(int status, DeadLetterReason reason)
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Kustomer.KnowsKustomer("k1", "kim@shop.example");
        _relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(status);
        _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1"), new RelayMessageBuilder().Id("e2").Kustomer().Customer("k1"));

        _relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Email().ShouldBe("kim@shop.example");
        var letter = _relay.Queue.Throttled.Concat(_relay.Queue.Rejected).ShouldHaveSingleItem();
        (letter.Event.Id, letter.Reason).ShouldBe(("e1", reason));
    }

    [Fact]
    public async Task Key_that_is_refused_by_the_search_is_not_tried_again_for_events()
    {
        _relay.Gladly.Knows("c1", "ann@shop.example");
        _relay.Kustomer.KnowsKustomer("k1", "kim@shop.example");
        _relay.Klaviyo.On(HttpMethod.Get, StubApiExtensions.Profiles).Reply(401);

        await _relay.RelayAsync(new RelayMessageBuilder().Id("e1"), new RelayMessageBuilder().Id("e2").Kustomer().Customer("k1"));

        _relay.Klaviyo.EventRequests().ShouldBeEmpty();
        _relay.Queue.Rejected.Select(letter => letter.Reason).ShouldBe([DeadLetterReason.Unauthorized, DeadLetterReason.Unauthorized]);
    }
}
