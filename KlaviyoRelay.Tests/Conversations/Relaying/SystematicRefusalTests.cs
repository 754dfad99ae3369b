using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>A refusal that meets whatever is sent is not bisected to the end; and no good event shares it.</summary>
public sealed partial class SystematicRefusalTests : IDisposable
{
    private const string Jobs = "/api/event-bulk-create-jobs";
    private const string Refusal = """{"errors":[{"code":"invalid","title":"Invalid input.","detail":"The account has too many metrics."}]}""";

    private readonly RelayFixture _relay = new(("Relay__Delivery__BulkThreshold", "4"));

    public void Dispose() => _relay.Dispose();

    [Theory]
    [InlineData(64, 400)]
    [InlineData(1000, 400)]
    [InlineData(1000, 413)]
    [InlineData(1000, 409)]
    [InlineData(1000, 422)]
    public async Task Constant_refusal_costs_a_few_requests(int events, int status)
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(status, Refusal);

        await RelayAsync(events);

        jobs.Count.ShouldBe(13);
        _relay.Queue.Rejected.Count.ShouldBe(events);
        _relay.Queue.Rejected.ShouldAllBe(letter => letter.Reason == DeadLetterReason.Invalid && letter.Detail == $"Klaviyo answered {status}: Invalid input. The account has too many metrics.");
    }

    [Fact]
    public async Task Each_job_of_a_batch_is_tried()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request).Max() < 1000).Reply(400, Refusal);
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request).Max() >= 1000).Reply(202);

        await RelayAsync(2000);

        _relay.Klaviyo.EventRequests().Count.ShouldBe(14);
        _relay.Queue.Rejected.Count.ShouldBe(1000);
    }

    [Fact]
    public async Task Constant_refusal_that_names_one_entry_at_a_time_costs_a_few_requests()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(400, Named(0));

        await RelayAsync(1000);

        jobs.Count.ShouldBe(24);
        _relay.Queue.Rejected.Count.ShouldBe(1000);
    }

    /// <summary>Which events are wrong: some by their place, some by a pattern, all refused in the same words.</summary>
    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    [InlineData("first ten")]
    [InlineData("first half")]
    [InlineData("second half")]
    [InlineData("every other")]
    [InlineData("every third is good")]
    public async Task Good_event_is_never_condemned_by_its_neighbours(string wrong)
    {
        const int Count = 96;
        Func<int, bool> isWrong = wrong switch
        {
            "first" => number => number == 0,
            "last" => number => number == Count - 1,
            "first ten" => number => number < 10,
            "first half" => number => number < Count / 2,
            "second half" => number => number >= Count / 2,
            "every other" => number => number % 2 == 0,
            _ => number => number % 3 != 0,
        };
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request).Any(isWrong)).Reply(400, Refusal);
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => !Numbers(request).Any(isWrong)).Reply(202);

        await RelayAsync(Count);

        _relay.Queue.Rejected.Select(letter => letter.Event.Id).ShouldBe(Enumerable.Range(0, Count).Where(isWrong).Select(number => $"e{number}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Good_events_behind_many_that_are_named_one_by_one_are_delivered()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request).Any(number => number < 15)).Reply((request, _) =>
            Task.FromResult(StubCall.Answer(400, Named(Numbers(request).FindIndex(number => number < 15)))));
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request).All(number => number >= 15)).Reply(202);

        await RelayAsync(96);

        _relay.Queue.Rejected.Count.ShouldBe(15);
    }

    [Fact]
    public async Task Refusals_of_different_kinds_are_no_systematic_one()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request).Count > 1).Reply(400, Refusal);
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request) is [var one] && one % 2 == 0).Reply(400, Refusal.Replace("too many metrics", "no name"));
        _relay.Klaviyo.On(HttpMethod.Post, Jobs, request => Numbers(request) is [var one] && one % 2 == 1).Reply(202);

        await RelayAsync(64);

        _relay.Queue.Rejected.Count.ShouldBe(32);
        _relay.Queue.Rejected.ShouldAllBe(letter => letter.Detail.Contains("no name"));
    }

    // Of 12 events: 1 request for all of them, and 22 for the halves down to each.
    [Fact]
    public async Task Small_job_is_halved_to_its_end()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(400, Refusal);

        await RelayAsync(12);

        jobs.Count.ShouldBe(23);
        _relay.Queue.Rejected.Count.ShouldBe(12);
    }

    // A request that has to wait is tried three times.
    [Theory]
    [InlineData(0, 1 + 3 + 13 + 13)]
    [InlineData(4, 1 + 4 + 3 + 13 + 13)]
    public async Task Sample_that_has_to_wait_gives_the_rest_of_the_job_back(int refusedBefore, int requests)
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs);
        Repeat(1 + refusedBefore, () => jobs.Reply(400, Refusal));
        Repeat(3, () => jobs.Reply(503));
        jobs.Reply(400, Refusal);

        await RelayAsync(64);

        jobs.Count.ShouldBe(requests);
        (_relay.Queue.Throttled.Count, _relay.Queue.Rejected.Count).ShouldBe((1, 63));
    }

    [Fact]
    public async Task Last_event_of_a_job_whose_samples_took_the_others_is_sent_once()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs);
        Repeat(1 + 11, () => jobs.Reply(400, Refusal));
        Repeat(3, () => jobs.Reply(503));
        jobs.Reply(202);

        await RelayAsync(13);

        jobs.Count.ShouldBe(1 + 11 + 3 + 1);
        (_relay.Queue.Throttled.Count, _relay.Queue.Rejected.Count).ShouldBe((1, 11));
        _relay.Logs.Lines.ShouldContain(line => line.Contains("1 delivered, 0 skipped, 12 dead-lettered"));
    }

    [Fact]
    public async Task Event_that_has_to_wait_ends_the_row_of_refusals()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs);
        Repeat(12, () => jobs.Reply(400, Named(0)));
        Repeat(3, () => jobs.Reply(503));
        jobs.Reply(400, Named(0));

        await RelayAsync(64);

        // The row begins anew: 12 that are named, and 12 samples.
        jobs.Count.ShouldBe(12 + 3 + 12 + 12);
        (_relay.Queue.Throttled.Count, _relay.Queue.Rejected.Count).ShouldBe((1, 63));
    }

    [Fact]
    public async Task Refusal_of_all_together_begins_a_row_of_its_own_kind()
    {
        var jobs = _relay.Klaviyo.On(HttpMethod.Post, Jobs);
        Repeat(2, () => jobs.Reply(400, Named(0)));
        jobs.Reply(400, Refusal);

        await RelayAsync(64);

        jobs.Count.ShouldBe(2 + 1 + 12);
        _relay.Queue.Rejected.Count.ShouldBe(64);
    }

    [Fact]
    public async Task Order_of_an_emails_events_is_kept()
    {
        _relay.Klaviyo.On(HttpMethod.Post, Jobs).Reply(400, Refusal).Then(202);

        await _relay.RelayAsync([.. Enumerable.Range(0, 40).Select(number => Message(number, "ann@shop.example"))]);

        _relay.Klaviyo.EventRequests().Skip(1).SelectMany(request => UniqueId().Matches(request.Body).Select(match => match.Value))
            .ShouldBe(UniqueId().Matches(_relay.Klaviyo.EventRequests()[0].Body).Select(match => match.Value));
    }

    private static void Repeat(int times, Action reply)
    {
        for (var time = 0; time < times; time++)
        {
            reply();
        }
    }

    private Task RelayAsync(int count) => _relay.RelayAsync([.. Enumerable.Range(0, count).Select(number => Message(number, $"customer{number}@shop.example"))]);

    private static RelayMessageBuilder Message(int number, string email) => new RelayMessageBuilder().Id($"e{number}").Retried(0, TestClock.Start, email);

    private static string Named(int entry) =>
        $$"""{"errors":[{"title":"Invalid input.","detail":"No such metric.","source":{"pointer":"/data/attributes/events-bulk-create/data/{{entry}}/attributes/events/data/0/attributes/metric"} }]}""";

    private static List<int> Numbers(StubRequest request) => [.. Customer().Matches(request.Body).Select(match => int.Parse(match.Groups[1].ValueSpan))];

    [GeneratedRegex("customer([0-9]+)@")]
    private static partial Regex Customer();

    [GeneratedRegex("\"unique_id\":\"[^\"]+\"")]
    private static partial Regex UniqueId();
}
