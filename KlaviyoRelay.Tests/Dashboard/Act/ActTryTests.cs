using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.DependencyInjection;

namespace KlaviyoRelay.Tests.Dashboard.Act;

/// <summary>The buttons that post sample conversations, against a simulator in this process.</summary>
public sealed class ActTryTests : IAsyncLifetime
{
    private readonly InMemoryQueue _queue = new();
    private ActSimulator? _simulator;

    private ActSimulator Simulator => _simulator ?? throw new InvalidOperationException("The simulator has not been started.");

    public async ValueTask InitializeAsync() => _simulator = await ActSimulator.StartAsync();

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    [Theory]
    [InlineData("gladly", "open", ConversationEventKind.Opened)]
    [InlineData("gladly", "open,close", ConversationEventKind.Closed)]
    [InlineData("gladly", "open,close,reopen", ConversationEventKind.Reopened)]
    [InlineData("kustomer", "open", ConversationEventKind.Opened)]
    [InlineData("kustomer", "open,close", ConversationEventKind.Closed)]
    [InlineData("kustomer", "open,close,rate", ConversationEventKind.Rated)]
    public async Task Button_posts_a_signed_webhook_of_the_same_conversation(string connection, string buttons, ConversationEventKind expected)
    {
        await using var host = await StartAsync();

        foreach (var what in buttons.Split(','))
        {
            var (status, json) = await TryAsync(host, connection, what);
            (status, json.Status).ShouldBe((200, 202));
            json.Sentence.ShouldEndWith(": the relay answered 202.");
        }

        var events = Events();
        events.Count.ShouldBe(buttons.Split(',').Length);
        events.ShouldAllBe(one => one.Connection == connection && one.CustomerId.StartsWith($"{connection}-"));
        events.Select(one => one.ConversationId).Distinct().Count().ShouldBe(1);
        events[^1].Kind.ShouldBe(expected);
    }

    [Fact]
    public async Task Helpdesk_knows_the_conversation_as_it_is()
    {
        await using var host = await StartAsync();

        await TryAsync(host, "gladly", "open");
        var conversation = Events()[0].ConversationId;
        (await Simulator.GladlyStatusAsync(conversation)).ShouldBe("OPEN");
        await TryAsync(host, "gladly", "close");
        (await Simulator.GladlyStatusAsync(conversation)).ShouldBe("CLOSED");
        await TryAsync(host, "gladly", "reopen");
        (await Simulator.GladlyStatusAsync(conversation)).ShouldBe("OPEN");
    }

    [Theory]
    [InlineData("gladly")]
    [InlineData("kustomer")]
    public async Task Burst_opens_twenty_conversations(string connection)
    {
        await using var host = await StartAsync();

        (await TryAsync(host, connection, "burst")).Result.Sentence.ShouldBe("Opened 20 conversations: the relay answered 202.");

        Events().Select(one => one.ConversationId).Distinct().Count().ShouldBe(20);
        Events().ShouldAllBe(one => one.Kind == ConversationEventKind.Opened);
    }

    [Theory]
    [InlineData("basic", "Username", "somebody")]
    [InlineData("header", "Header", "X-Token")]
    [InlineData("hmac-sha256-hex", "Header", "X-Signature")]
    public async Task Webhook_is_proven_as_the_connection_wants_it(string kind, string setting, string value)
    {
        await using var host = await StartAsync(
            ("Relay__Connections__kustomer__Webhook__Kind", kind),
            ("Relay__Connections__kustomer__Webhook__Header", null),
            ($"Relay__Connections__kustomer__Webhook__{setting}", value));

        (await TryAsync(host, "kustomer", "open")).Result.Status.ShouldBe(202);
    }

    [Fact]
    public async Task Relay_that_can_not_take_it_is_told_as_it_is()
    {
        await using var host = await StartAsync();
        _queue.Down.Add("*");

        var (status, result) = await TryAsync(host, "gladly", "open");

        (status, result.Status, result.Sentence).ShouldBe((200, 503, "The relay answered 503; its log says why."));
    }

    [Theory]
    [InlineData("nobody", "open", 400, "'nobody' is no connection.")]
    [InlineData("gladly", "rate", 400, "'rate' is nothing that a conversation of gladly can do here.")]
    [InlineData("kustomer", "reopen", 400, "'reopen' is nothing that a conversation of kustomer can do here.")]
    [InlineData("gladly", "explode", 400, "'explode' is nothing that a conversation of gladly can do here.")]
    [InlineData("gladly", "close", 409, "Open a conversation first.")]
    public async Task What_can_not_be_done_is_refused_and_nothing_is_posted(string connection, string what, int expected, string sentence)
    {
        await using var host = await StartAsync();

        var (status, json) = await host.PostAsync("try", $$"""{"connection":"{{connection}}","what":"{{what}}"}""");

        (status, json.GetProperty("error").GetString()).ShouldBe((expected, sentence));
        _queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_posted_for_customers_of_a_real_helpdesk()
    {
        await using var host = await StartAsync(("Relay__Connections__gladly__Gladly__BaseAddress", "https://acme.gladly.test"));

        var (status, json) = await host.PostAsync("try", """{"connection":"gladly","what":"open"}""");

        status.ShouldBe(409);
        json.GetProperty("error").GetString().ShouldBe("Customers are looked up at https://acme.gladly.test, which is not the simulator and does not know the sample customers.");
        _queue.Count.ShouldBe(0);
        var (_, setup) = await host.GetAsync("setup");
        setup.GetProperty("connections").EnumerateArray().Where(one => one.GetProperty("canTry").GetBoolean()).Select(one => one.GetProperty("name").GetString())
            .ShouldBe(["kustomer", "other"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("burst")]
    public async Task Nothing_is_posted_to_the_real_klaviyo_while_the_customers_addresses_are_made_up(string what)
    {
        await using var host = await StartAsync(("Klaviyo__BaseAddress", "https://a.klaviyo.test"));

        var (status, json) = await host.PostAsync("try", $$"""{"connection":"gladly","what":"{{what}}"}""");

        status.ShouldBe(409);
        json.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("set Simulator__CustomerEmail to an address of yours");
        _queue.Count.ShouldBe(0);
        var (_, setup) = await host.GetAsync("setup");
        setup.GetProperty("connections").EnumerateArray().ShouldAllBe(one => !one.GetProperty("canTry").GetBoolean());
    }

    [Fact]
    public async Task Sample_is_posted_to_the_real_klaviyo_when_the_customers_have_an_address_of_the_developer()
    {
        await using var simulator = await ActSimulator.StartAsync("--Simulator:CustomerEmail", "you@your-shop.com");
        await using var host = await ActHost.StartAsync(
            services => services.AddSingleton<IEventQueue>(_queue), [.. simulator.Settings, ("Klaviyo__BaseAddress", "https://a.klaviyo.test")]);

        (await TryAsync(host, "gladly", "open")).Result.Status.ShouldBe(202);
    }

    private Task<ActHost> StartAsync(params (string Name, string? Value)[] differences) =>
        ActHost.StartAsync(services => services.AddSingleton<IEventQueue>(_queue), [.. Simulator.Settings, .. differences]);

    private static async Task<(int Status, (int Status, string Sentence) Result)> TryAsync(ActHost host, string connection, string what)
    {
        var (status, json) = await host.PostAsync("try", $$"""{"connection":"{{connection}}","what":"{{what}}"}""");
        return (status, (json.GetProperty("status").GetInt32(), json.GetProperty("sentence").GetString() ?? ""));
    }

    private IReadOnlyList<ConversationEvent> Events() =>
        [.. _queue.Fresh.Select(message => RelayWork.Reader.Read(message.Body)?.Event ?? throw new InvalidOperationException("A message can't be read."))];
}
