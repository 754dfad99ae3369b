using System.Text.RegularExpressions;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Helpdesks.Checking;

namespace KlaviyoRelay.Tests.Helpdesks;

/// <summary>What the relay asks of every helpdesk; each helpdesk's tests run it.</summary>
public abstract partial class HelpdeskSuite : IDisposable
{
    private readonly Lazy<RelayFixture> _relay;

    protected HelpdeskSuite() => _relay = new Lazy<RelayFixture>(() => new RelayFixture(Settings));

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected RelayFixture Relay => _relay.Value;

    /// <summary>The name of the connection that the webhooks belong to.</summary>
    private protected abstract string Connection { get; }

    /// <summary>What makes the connection, beside the default settings.</summary>
    private protected virtual (string Name, string? Value)[] Settings => [];

    /// <summary>A setting of the helpdesk's own that it can't do without.</summary>
    private protected abstract string RequiredSetting { get; }

    /// <summary>The header with the credentials.</summary>
    private protected abstract string Credentials { get; }

    /// <summary>A webhook of each kind of event that the helpdesk tells of.</summary>
    private protected abstract IReadOnlyDictionary<ConversationEventKind, string> Webhooks { get; }

    /// <summary>A webhook that opens the same conversation a second time.</summary>
    private protected abstract string OpenedOnceMore { get; }

    /// <summary>A webhook of the helpdesk that is not relayed.</summary>
    private protected abstract string NotRelayed { get; }

    private string Opened => Webhooks[ConversationEventKind.Opened];

    public void Dispose()
    {
        if (_relay.IsValueCreated)
        {
            _relay.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Helpdesk_registers_all_that_the_relay_asks_for()
    {
        var helpdesk = Relay.Connection(Connection).Helpdesk;

        Relay.Get<IEnumerable<IHelpdeskAdapter>>().Where(adapter => adapter.Helpdesk == helpdesk.Name).ShouldHaveSingleItem();
        Relay.Get<IEnumerable<IHelpdeskClient>>().Where(client => client.Helpdesk == helpdesk.Name).ShouldHaveSingleItem();
        Relay.Get<IEnumerable<IHelpdeskCheck>>().Count(check => check.Helpdesk == helpdesk.Name).ShouldBe(helpdesk.CanBeAsked ? 1 : 0);
    }

    [Fact]
    public void Start_names_a_setting_of_the_helpdesk_that_is_missing()
    {
        var name = $"Relay__Connections__{Connection}__{Relay.Connection(Connection).Helpdesk.Title}__{RequiredSetting}";

        SettingsCheck.Errors(TestSettings.With(Settings)).ShouldBeEmpty();
        SettingsCheck.Errors(TestSettings.With([.. Settings, (name, null)])).ShouldHaveSingleItem().ShouldStartWith($"{name} is missing");
    }

    [Fact]
    public async Task Webhook_of_each_kind_becomes_an_event_of_that_kind()
    {
        foreach (var webhook in Webhooks.Values)
        {
            (await ReceiveAsync(webhook)).ShouldBeOfType<WebhookOutcome.Accepted>();
        }

        Events().Select(happened => happened.Kind).ShouldBe(Webhooks.Keys);
        Events().ShouldAllBe(happened => happened.InConversation == InConversationAfter(happened.Kind));
        Events().ShouldAllBe(happened => happened.Connection == Connection && happened.Helpdesk == Relay.Connection(Connection).Helpdesk.Name);
    }

    [Fact]
    public async Task Webhook_that_comes_twice_has_one_id()
    {
        await ReceiveAsync(Opened);
        await ReceiveAsync(Opened);

        Events().Select(happened => happened.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_happenings_of_a_conversation_have_two_ids()
    {
        await ReceiveAsync(Opened);
        await ReceiveAsync(OpenedOnceMore);

        Events().Select(happened => happened.ConversationId).Distinct().ShouldHaveSingleItem();
        Events().Select(happened => happened.Id).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Webhook_that_is_not_relayed_is_ignored()
    {
        (await ReceiveAsync(NotRelayed)).ShouldBeOfType<WebhookOutcome.Ignored>();

        Relay.Queue.Count.ShouldBe(0);
    }

    public static TheoryData<string> NoObject =>
    [
        "",
        " ",
        "{",
        """{"a":""",
        """{"id":"a","type":"CONVERSATION/CREATED",""",
        """{"id":"a"} trailing""",
        """{"a":1}{"b":2}""",
        "[]",
        "[{}]",
        "null",
        "\"x\"",
        "42",
        "{'id':'a'}",
        new string('[', 1000),
        $"{string.Concat(Enumerable.Repeat("{\"a\":", 1000))}1{new string('}', 1000)}",
        $"{{\"type\":\"CONVERSATION/CLOSED\",\"content\":{string.Concat(Enumerable.Repeat("{\"a\":", 1000))}1{new string('}', 1001)}",
    ];

    [Theory]
    [MemberData(nameof(NoObject))]
    public async Task Body_that_is_no_object_is_malformed_and_no_outage(string body) =>
        (await ReceiveAsync(body)).ShouldBe(new WebhookOutcome.Malformed("The body is not JSON of the documented shape.", Field: null));

    [Fact]
    public async Task Webhook_that_is_cut_off_is_malformed_wherever_it_ends()
    {
        for (var length = 1; length < Opened.Length; length += 7)
        {
            (await ReceiveAsync(Opened[..length])).ShouldBeOfType<WebhookOutcome.Malformed>();
        }
    }

    [Fact]
    public async Task Answer_never_repeats_what_a_malformed_webhook_says()
    {
        const string Canary = "canary-7f3a";
        foreach (var value in Values().Matches(Opened).Select(match => match.Groups["value"]))
        {
            (await ReceiveAsync($"{Opened[..value.Index]}\"{Canary}{new string('x', 300)}\"{Opened[(value.Index + value.Length)..]}")).ToString().ShouldNotContain(Canary);
        }

        (await ReceiveAsync($"{{\"{Canary}\": {Canary}")).ToString().ShouldNotContain(Canary);
    }

    [Fact]
    public async Task Webhook_without_credentials_is_refused()
    {
        (await Relay.ReceiveAsync(Request(Opened).Header(Credentials, null))).ShouldBeOfType<WebhookOutcome.Unauthorized>();

        Relay.Queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Webhook_is_not_accepted_while_the_queue_is_away()
    {
        Relay.Queue.Down.Add("*");

        (await ReceiveAsync(Opened)).ShouldBeOfType<WebhookOutcome.Unavailable>();
    }

    /// <summary>The webhook with the connection's credentials.</summary>
    private protected abstract WebhookRequestBuilder Request(string body);

    private protected Task<WebhookOutcome> ReceiveAsync(string body) => Relay.ReceiveAsync(Request(body));

    private static bool? InConversationAfter(ConversationEventKind kind) => kind == ConversationEventKind.Rated ? null : kind != ConversationEventKind.Closed;

    private IReadOnlyList<ConversationEvent> Events() =>
        [.. Relay.Queue.Fresh.Select(message => RelayWork.Reader.Read(message.Body).ShouldNotBeNull().Event)];

    [GeneratedRegex(""":(?<value>"[^"]*"|null|true|false|\d+)""")]
    private static partial Regex Values();
}
