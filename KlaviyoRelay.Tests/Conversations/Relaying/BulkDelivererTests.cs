using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo.Events;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>Many events of an account go as bulk jobs.</summary>
public sealed class BulkDelivererTests : IDisposable
{
    private const string Jobs = "/api/event-bulk-create-jobs";

    private readonly RelayFixture _relay = new(("Relay__Delivery__BulkThreshold", "4"));

    public void Dispose() => _relay.Dispose();

    [Fact]
    public async Task Events_go_one_by_one_below_the_threshold()
    {
        var single = _relay.Klaviyo.AcceptsEvents();

        await _relay.RelayAsync([.. Messages(3)]);

        single.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Events_go_as_one_job_from_the_threshold_on_with_an_emails_events_under_one_profile()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(202);

        await _relay.RelayAsync(
            Message("e1", "ann@shop.example"), Message("e2", "bob@shop.example"), Message("e3", "ANN@shop.example").Closed(), Message("e4", "cy@shop.example"), Message("e4", "cy@shop.example"));

        jobs.Count.ShouldBe(1);
        Job(0).ShouldBe(
        [
            "ann@shop.example {\"In Gladly Conversation\":true}: started conversation in Gladly, closed conversation in Gladly",
            "bob@shop.example {\"In Gladly Conversation\":true}: started conversation in Gladly",
            "cy@shop.example {\"In Gladly Conversation\":true}: started conversation in Gladly",
        ]);
        _relay.Logs.Lines.ShouldContain(line => line.Contains("4 delivered, 0 skipped, 0 dead-lettered"));
    }

    [Fact]
    public async Task Job_holds_1000_events_at_most()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(202);

        await _relay.RelayAsync([.. Messages(2500)]);

        Enumerable.Range(0, 3).Select(number => Job(number).Count).ShouldBe([1000, 1000, 500]);
    }

    [Fact]
    public async Task Email_with_more_events_than_a_job_holds_goes_on_in_the_next_job()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 1000).Select(number => Message($"a{number}", "ann@shop.example")), .. Enumerable.Range(0, 1500).Select(number => Message($"b{number}", "bob@shop.example"))]);

        Enumerable.Range(0, 3).Select(number => Attributes(number).Count).ShouldBe([1000, 1000, 500]);
        Enumerable.Range(0, 3).SelectMany(Attributes).Select(one => one.GetProperty("unique_id").GetString()).Distinct().Count().ShouldBe(2500);
    }

    [Fact]
    public async Task Entries_that_klaviyo_names_are_parked_with_what_it_said_and_the_rest_is_sent_again()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs)
            .Reply(400, Errors(Error(1, "/profile/data/attributes/email", "Bad 'customer1@shop.example'."), Error(3, "/events/data/0/attributes/time", "Bad time.")))
            .Then(202);

        await _relay.RelayAsync([.. Messages(5)]);

        Job(1).Count.ShouldBe(3);
        _relay.Queue.Rejected.Select(letter => (letter.Event.Id, letter.Reason)).ShouldBe([("e1", DeadLetterReason.Invalid), ("e3", DeadLetterReason.Invalid)], ignoreOrder: true);
        _relay.Queue.Rejected.Select(letter => letter.Detail).ShouldContain(
            "Klaviyo answered 400: Invalid input. Bad 'c•••@s•••.example'. (/data/attributes/events-bulk-create/data/1/attributes/profile/data/attributes/email)");
    }

    [Fact]
    public async Task Only_the_event_that_klaviyo_names_is_parked_when_its_email_has_several()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(400, Errors(Error(0, "/events/data/1/attributes/time", "Bad time."))).Then(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 4).Select(number => Message($"e{number}", "ann@shop.example"))]);

        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e1");
        Job(1).ShouldHaveSingleItem().Split(',').Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"errors":[{"title":"Invalid input.","detail":"Something is wrong."}]}""")]
    [InlineData("""{"errors":[{"title":"Invalid input.","detail":"Something is wrong.","source":{"pointer":"/data"}}]}""")]
    [InlineData("""{"errors":[{"title":"Invalid input.","detail":"Something is wrong.","source":{"pointer":"/data/attributes/events-bulk-create/data/9999"}}]}""")]
    public async Task Job_is_halved_until_the_wrong_event_is_alone_when_klaviyo_names_none(string body)
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => request.Body.Contains("customer5@")).Reply(400, body);
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => !request.Body.Contains("customer5@")).Reply(202);

        await _relay.RelayAsync([.. Messages(8)]);

        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e5");
        _relay.Logs.Lines.ShouldContain(line => line.Contains("7 delivered, 0 skipped, 1 dead-lettered"));
    }

    [Fact]
    public async Task Job_that_is_larger_than_klaviyo_takes_is_halved()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 4).Select(number => Large($"e{number}", $"customer{number}@shop.example"))]);

        jobs.Count.ShouldBe(2);
        Enumerable.Range(0, 2).Select(number => Attributes(number).Count).ShouldBe([2, 2]);
        _relay.Klaviyo.EventRequests().ShouldAllBe(request => request.Body.Length <= KlaviyoEventWriter.MaxBytes);
        _relay.Logs.Lines.ShouldContain(line => line.Contains("4 delivered, 0 skipped, 0 dead-lettered"));
    }

    [Fact]
    public async Task Event_that_alone_is_larger_than_klaviyo_takes_is_sent_for_klaviyo_to_say_so()
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", "1"));
        var jobs = relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(413);

        await relay.RelayAsync(Large("e1", "ann@shop.example", megabytes: 6));

        jobs.Count.ShouldBe(1);
        relay.Queue.Rejected.ShouldHaveSingleItem().Reason.ShouldBe(DeadLetterReason.Invalid);
    }

    [Theory]
    [InlineData(429, DeadLetterReason.Throttled)]
    [InlineData(503, DeadLetterReason.Unavailable)]
    public async Task Job_that_has_to_wait_waits_as_a_whole(int status, DeadLetterReason reason)
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(status);

        await _relay.RelayAsync([.. Messages(4)]);

        jobs.Count.ShouldBe(3);
        _relay.Queue.Throttled.Count.ShouldBe(4);
        _relay.Queue.Throttled.ShouldAllBe(letter => letter.Reason == reason);
    }

    [Fact]
    public async Task Later_events_of_an_email_wait_behind_an_earlier_job_that_has_to_wait()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => request.Body.Length > 10_000).Reply(503);
        var last = _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => request.Body.Length <= 10_000).Reply(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 1001).Select(number => Message($"e{number}", "ann@shop.example"))]);

        last.Count.ShouldBe(0);
        _relay.Queue.Throttled.Count.ShouldBe(1001);
    }

    [Fact]
    public async Task Later_job_leaves_out_what_has_to_wait_by_then()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => request.Body.Length > 10_000).Reply(503);
        var last = _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => request.Body.Length <= 10_000).Reply(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 1001).Select(number => Message($"e{number}", "ann@shop.example")), Message("e1001", "bob@shop.example")]);

        last.Count.ShouldBe(1);
        Job(3).ShouldBe(["bob@shop.example {\"In Gladly Conversation\":true}: started conversation in Gladly"]);
        _relay.Queue.Throttled.SelectMany(letter => letter.Emails ?? []).ShouldBe(Enumerable.Repeat("ann@shop.example", 1001));
    }

    [Fact]
    public async Task Job_sent_again_without_what_klaviyo_named_is_followed_by_the_next()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(400, Errors(Error(0, "/profile/data/attributes/email", "Bad."))).Then(202);

        await _relay.RelayAsync([.. Messages(1500)]);

        Enumerable.Range(0, 3).Select(number => Job(number).Count).ShouldBe([1000, 999, 500]);
        _relay.Queue.Rejected.ShouldHaveSingleItem().Event.Id.ShouldBe("e0");
    }

    [Fact]
    public async Task Job_says_texts_as_they_are()
    {
        const string email = "o'néil+\"odd\\\"@shop.example";
        const string subject = "Wo ist «meine» 📦 \"Bestellung\"?\n<b>\\\u0001";
        _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 4).Select(number => Message($"e{number}", email).Kustomer().Event(one => one with { Subject = subject }))]);

        Job(0).ShouldHaveSingleItem().ShouldStartWith(email);
        Attributes(0).Select(attributes => attributes.GetProperty("properties").GetProperty("subject").GetString()).ShouldAllBe(text => text == subject);
    }

    [Fact]
    public async Task Email_with_events_of_two_connections_has_the_property_of_each()
    {
        using var relay = new RelayFixture(("Relay__Delivery__BulkThreshold", "2"), ("Relay__Connections__kustomer__ProfileProperty", "In \"Kustomer\""));
        relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(202);
        relay.Gladly.HasConversations("c1", "CLOSED");

        await relay.RelayAsync(Message("e1", "ann@shop.example"), Message("e2", "ann@shop.example").Kustomer(), Message("e3", "ann@shop.example").Closed());

        relay.Klaviyo.EventRequests().ShouldHaveSingleItem().Body.ShouldContain(
            "\"email\":\"ann@shop.example\",\"properties\":{\"In \\\"Kustomer\\\"\":true,\"In Gladly Conversation\":false}}");
    }

    [Theory]
    [InlineData(401, null, DeadLetterReason.Unauthorized)]
    [InlineData(403, null, DeadLetterReason.Forbidden)]
    [InlineData(410, null, DeadLetterReason.Outdated)]
    [InlineData(400, """{"errors":[{"code":"authentication_failed","title":"Incorrect authentication credentials.","detail":""}]}""", DeadLetterReason.Unauthorized)]
    public async Task Refused_key_is_not_tried_again_in_a_batch(int status, string? body, DeadLetterReason reason)
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(status, body);

        // More than a job holds.
        await _relay.RelayAsync([.. Messages(1001)]);

        jobs.Count.ShouldBe(1);
        _relay.Queue.Rejected.Select(letter => letter.Reason).ShouldBe(Enumerable.Repeat(reason, 1001));
    }

    private static IEnumerable<RelayMessageBuilder> Messages(int count) =>
        Enumerable.Range(0, count).Select(number => Message($"e{number}", $"customer{number}@shop.example"));

    private static RelayMessageBuilder Message(string id, string email) => new RelayMessageBuilder().Id(id).Retried(0, TestClock.Start, email);

    private static RelayMessageBuilder Large(string id, string email, int megabytes = 2) =>
        Message(id, email).Kustomer().Event(one => one with { Subject = new string('x', megabytes * 1_000_000) });

    private static string Error(int entry, string pointer, string detail) =>
        $$"""{"title":"Invalid input.","detail":"{{detail}}","source":{"pointer":"/data/attributes/events-bulk-create/data/{{entry}}/attributes{{pointer}}"} }""";

    private static string Errors(params string[] errors) => $$"""{"errors":[{{string.Join(',', errors)}}]}""";

    /// <summary>A job's events.</summary>
    private List<JsonElement> Attributes(int number)
    {
        using var body = JsonDocument.Parse(_relay.Klaviyo.EventRequests()[number].Body);
        return [.. body.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("events-bulk-create").GetProperty("data").EnumerateArray()
            .SelectMany(entry => entry.GetProperty("attributes").GetProperty("events").GetProperty("data").EnumerateArray())
            .Select(one => one.GetProperty("attributes").Clone())];
    }

    /// <summary>A job's entries: email, profile properties, metrics.</summary>
    private List<string> Job(int number)
    {
        using var body = JsonDocument.Parse(_relay.Klaviyo.EventRequests()[number].Body);
        return [.. body.RootElement.GetProperty("data").GetProperty("attributes").GetProperty("events-bulk-create").GetProperty("data").EnumerateArray().Select(entry =>
        {
            var attributes = entry.GetProperty("attributes");
            var profile = attributes.GetProperty("profile").GetProperty("data").GetProperty("attributes");
            var metrics = attributes.GetProperty("events").GetProperty("data").EnumerateArray()
                .Select(one => one.GetProperty("attributes").GetProperty("metric").GetProperty("data").GetProperty("attributes").GetProperty("name").GetString());
            return $"{profile.GetProperty("email").GetString()} {(profile.TryGetProperty("properties", out var properties) ? properties.GetRawText() : "")}: {string.Join(", ", metrics)}";
        })];
    }
}
