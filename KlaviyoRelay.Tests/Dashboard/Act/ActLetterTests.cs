using System.Net;
using System.Text.Json;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Work;
using KlaviyoRelay.LocalHost.Azurite;
using KlaviyoRelay.Tests.Cli;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

public sealed class ActLetterTests : IAsyncDisposable
{
    private readonly CliFixture _queues = new();
    private ActHost? _host;

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Letter_is_listed_with_its_emails_masked_and_without_its_subject()
    {
        await _queues.RejectAsync("one", DeadLetterReason.Forbidden, "kustomer", "second", "ann@example.com");

        var (status, json) = await ListAsync("");

        status.ShouldBe(200);
        json.GetRawText().ShouldNotContain("example.com");
        json.GetRawText().ShouldNotContain("subject", Case.Insensitive);
        (json.GetProperty("hasMore").GetBoolean(), json.GetProperty("unreadable").GetInt32()).ShouldBe((false, 0));
        var letter = json.GetProperty("letters")[0];
        Text(letter, "queue", "id", "reason", "connection", "account", "conversationId").ShouldBe("rejected one forbidden kustomer second conversation of one");
        letter.GetProperty("detail").GetString().ShouldStartWith("Klaviyo answered 400");
        letter.GetProperty("emails")[0].GetString().ShouldBe("a•••@e•••.com");
        letter.GetProperty("kind").GetString().ShouldBe("opened");
        letter.GetProperty("attempts").GetInt32().ShouldBe(1);
        letter.GetProperty("lastFailureAt").GetDateTimeOffset().ShouldBe(_queues.Clock.Now);
        letter.GetProperty("dueAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Throttled_letter_says_when_it_is_due()
    {
        await _queues.ThrottleAsync("held");

        var (_, json) = await ListAsync("");

        json.GetProperty("letters")[0].GetProperty("dueAt").GetDateTimeOffset().ShouldBe(_queues.Clock.Now.AddMinutes(10));
        json.GetProperty("letters")[0].GetProperty("emails").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("", "a b c d e")]
    [InlineData("queue=throttled", "d e")]
    [InlineData("queue=rejected", "a b c")]
    [InlineData("reason=forbidden", "b")]
    [InlineData("reason=forbidden,unavailable", "b e")]
    [InlineData("connection=kustomer", "c")]
    [InlineData("account=second", "c")]
    [InlineData("account=third", "")]
    [InlineData("queue=&reason=&connection=&account=", "a b c d e")]
    [InlineData("max=2", "a b")]
    public async Task Letters_are_chosen_oldest_first(string query, string expected)
    {
        await SeedAsync();

        var (_, json) = await ListAsync(query);

        string.Join(' ', Ids(json)).ShouldBe(expected);
        json.GetProperty("hasMore").GetBoolean().ShouldBe(query.StartsWith("max", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Listing_leaves_every_message_where_it_was_and_when_it_was_due()
    {
        await SeedAsync();
        string[] queues = [QueueNames.DeadLetterThrottled, QueueNames.DeadLetterRejected];
        var before = queues.SelectMany(queue => _queues.Storage.Of(queue).Select(message => (message.Id, message.VisibleAt))).ToList();

        await ListAsync("");
        await ListAsync("max=1");

        var after = queues.SelectMany(queue => _queues.Storage.Of(queue).Select(message => (message.Id, message.VisibleAt))).ToList();
        after.Select(message => message.Id).ShouldBe(before.Select(message => message.Id));
        foreach (var (was, isNow) in before.Zip(after))
        {
            // What could be received can be received, what was held comes back at the same time.
            (isNow.VisibleAt <= _queues.Clock.Now ? DateTimeOffset.MinValue : isNow.VisibleAt)
                .ShouldBe(was.VisibleAt <= _queues.Clock.Now ? DateTimeOffset.MinValue : was.VisibleAt);
        }
    }

    [Theory]
    [InlineData("{}", 2)]
    [InlineData("""{"id":"e"}""", 1)]
    [InlineData("""{"reason":"unavailable"}""", 1)]
    [InlineData("""{"id":null,"reason":null,"connection":"kustomer","account":null}""", 0)]
    public async Task Release_makes_throttled_letters_due_now(string choice, int count)
    {
        await SeedAsync();

        (await PostAsync("release", choice)).ShouldBe((200, count));

        _queues.Storage.Of(QueueNames.DeadLetterThrottled).Count(message => message.VisibleAt <= _queues.Clock.Now).ShouldBe(count);
        _queues.Storage.Of(QueueNames.DeadLetterRejected).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("{}", 3, "d e")]
    [InlineData("""{"reason":"forbidden"}""", 1, "a c d e")]
    [InlineData("""{"account":"second"}""", 1, "a b d e")]
    [InlineData("""{"id":"a"}""", 1, "b c d e")]
    public async Task Redrive_sends_rejected_letters_round_again(string choice, int count, string left)
    {
        await SeedAsync();

        (await PostAsync("redrive", choice)).ShouldBe((200, count));

        _queues.Storage.Of(QueueNames.ConversationEvents).Count.ShouldBe(count);
        string.Join(' ', Ids((await ListAsync("")).Json)).ShouldBe(left);
    }

    [Fact]
    public async Task Id_chooses_one_event_and_not_all_that_begin_with_it()
    {
        await _queues.RejectAsync("abc");
        await _queues.RejectAsync("abcd");

        (await PostAsync("redrive", """{"id":"abc"}""")).ShouldBe((200, 1));
        (await PostAsync("redrive", """{"id":"ab"}""")).ShouldBe((200, 0));

        Ids((await ListAsync("")).Json).ShouldBe(["abcd"]);
    }

    [Theory]
    [InlineData("reason=slow", "A reason should be one of throttled, ")]
    [InlineData("queue=poison", "queue should be throttled or rejected.")]
    public async Task Choice_that_makes_no_sense_is_refused(string query, string expected)
    {
        var (status, json) = await ListAsync(query);

        status.ShouldBe(400);
        json.GetProperty("error").GetString().ShouldStartWith(expected);
    }

    [Fact]
    public async Task Reason_that_is_none_releases_nothing()
    {
        await SeedAsync();

        var (status, json) = await (await HostAsync()).PostAsync("dead-letters/release", """{"reason":"slow"}""");

        status.ShouldBe(400);
        json.GetProperty("error").GetString().ShouldStartWith("A reason should be one of ");
        _queues.Storage.Of(QueueNames.DeadLetterThrottled).ShouldAllBe(message => message.VisibleAt > _queues.Clock.Now);
    }

    [Fact]
    public async Task Queue_that_is_away_is_503_with_what_to_do()
    {
        await SeedAsync();
        _queues.Storage.Fails = _ => true;
        var host = await HostAsync();

        foreach (var (status, json) in new[] { await host.GetAsync("dead-letters"), await host.PostAsync("dead-letters/release", "{}"), await host.PostAsync("dead-letters/redrive", "{}") })
        {
            status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
            json.GetProperty("error").GetString().ShouldNotBeNullOrWhiteSpace();
        }
    }

    /// <summary>Three rejected letters, then two throttled ones.</summary>
    private async Task SeedAsync()
    {
        await _queues.RejectAsync("a");
        await _queues.RejectAsync("b", DeadLetterReason.Forbidden);
        await _queues.RejectAsync("c", DeadLetterReason.Invalid, "kustomer", "second");
        await _queues.ThrottleAsync("d");
        await _queues.ThrottleAsync("e", DeadLetterReason.Unavailable);
    }

    private async Task<(int Status, JsonElement Json)> ListAsync(string query) => await (await HostAsync()).GetAsync($"dead-letters?{query}");

    private async Task<(int Status, int Count)> PostAsync(string verb, string choice)
    {
        var (status, json) = await (await HostAsync()).PostAsync($"dead-letters/{verb}", choice);
        return (status, json.GetProperty("count").GetInt32());
    }

    private async Task<ActHost> HostAsync() =>
        _host ??= await ActHost.StartAsync(services => services.AddSingleton<AzuriteQueueClient>(_queues.Client).AddSingleton<TimeProvider>(_queues.Clock));

    private static IEnumerable<string?> Ids(JsonElement json) => json.GetProperty("letters").EnumerateArray().Select(letter => letter.GetProperty("id").GetString());

    private static string Text(JsonElement letter, params string[] names) => string.Join(' ', names.Select(name => letter.GetProperty(name).GetString()));
}
