using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Conversations;
using KlaviyoRelay.Core.Conversations.Relaying;
using KlaviyoRelay.Core.Conversations.State;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

/// <summary>A helpdesk with one customer, the stages of the relay that decide the flag, and Klaviyo's profile; on a clock that the history moves.</summary>
internal sealed class FlagWorld : IDisposable
{
    private const string Email = "ann@shop.example";
    private const string CustomerId = "c1";

    private static readonly RelayFixture Relay = new(
    [
        ("Relay__Connections__kustomer__ProfileProperty", "In Kustomer Conversation"),
        ("Relay__Accounts__second__PrivateKeySecret", "klaviyoKey"),
        ("Secrets__conversationRecordKey", "a-key-of-the-tests"),
        .. DeskWebhookBuilder.Settings(("Account", "main")),
        .. Brands("kustomer_brands", "kustomer"),
        .. Brands("desk_brands", "desk"),
    ]);

    private readonly FlagHelpdesk _kind;
    private readonly Connection _connection;
    private readonly TestClock _clock = new();
    private readonly InMemoryConversationStore _store = new();
    private readonly InMemoryQueue _queue = new();
    private readonly Dictionary<string, bool> _flags = [];
    private readonly List<(DateTimeOffset At, bool IsInConversation)> _truth = [];
    private readonly Dictionary<int, (bool IsOpen, bool IsOtherBrand)> _conversations = [];
    private readonly PriorityQueue<Action, (DateTimeOffset, int)> _agenda = new();
    private readonly List<RelayMessage> _arrived = [];
    private PresentState _state;
    private int _events;
    private int _entries;

    public FlagWorld(FlagHelpdesk kind, bool severalAccounts)
    {
        _kind = kind;
        var name = kind switch
        {
            FlagHelpdesk.Gladly or FlagHelpdesk.GladlyWithoutList => "gladly",
            FlagHelpdesk.Generic => severalAccounts ? "desk_brands" : "desk",
            _ => severalAccounts ? "kustomer_brands" : "kustomer",
        };
        _connection = Relay.Connection(name);
        _truth.Add((DateTimeOffset.MinValue, false));
        _state = Start();
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Every account's flag says what is true; an account that was never told of the customer has none.</summary>
    public bool IsRight => _connection.HasSeveralAccounts
        ? _truth[^1].IsInConversation ? _flags.ContainsValue(true) : !_flags.ContainsValue(true)
        : _flags.GetValueOrDefault("main") == _truth[^1].IsInConversation;

    public void Dispose() => _agenda.Clear();

    public async Task PlayAsync(IEnumerable<FlagStep> steps)
    {
        var at = Now;
        foreach (var step in steps)
        {
            at = at.AddSeconds(step.Wait);
            Plan(at, () => Happen(step));
        }

        while (_agenda.TryDequeue(out var action, out var due))
        {
            if (due.Item1 > Now)
            {
                _clock.Advance(due.Item1 - Now);
            }

            action();
            if (!_agenda.TryPeek(out _, out var next) || next.Item1 > Now)
            {
                await RelayAsync();
            }
        }
    }

    private static (string Name, string? Value)[] Brands(string connection, string like)
    {
        (string Name, string? Value)[] settings = like == "desk"
            ? [.. DeskWebhookBuilder.Settings().Where(setting => setting.Name.Contains("__desk__", StringComparison.Ordinal))]
            : [.. TestSettings.Default().Where(setting => setting.Key.Contains("__kustomer__", StringComparison.Ordinal)).Select(setting => (setting.Key, setting.Value))];
        return
        [
            .. settings.Select(setting => (setting.Name.Replace($"__{like}__", $"__{connection}__", StringComparison.Ordinal), setting.Value)),
            ($"Relay__Connections__{connection}__ProfileProperty", "In Conversation"),
            .. like == "desk" ? [($"Relay__Connections__{connection}__Generic__Brand", "/ticket/site")] : Array.Empty<(string, string?)>(),
            ($"Relay__Connections__{connection}__Brands__other__Ids", "other"),
            ($"Relay__Connections__{connection}__Brands__other__Account", "second"),
        ];
    }

    private PresentState Start()
    {
        var recent = new RecentConversations(_clock);
        var keys = new CustomerKeys(Relay.Get<ISecretStore>(), Relay.Get<StateOptions>());
        return new PresentState(
            new CustomerQuestions([new Helpdesk(this)], recent, Relay.Get<RelayMetrics>(), new Concurrency()),
            new ConversationRecord(_store, keys, _clock, NullLogger<ConversationRecord>.Instance),
            recent,
            new Concurrency(),
            _clock);
    }

    private void Plan(DateTimeOffset at, Action action) => _agenda.Enqueue(action, (at, _entries++));

    private void Happen(FlagStep step)
    {
        if (step.IsRestart)
        {
            _state = Start();
        }

        var isGladly = _kind is FlagHelpdesk.Gladly or FlagHelpdesk.GladlyWithoutList;
        var open = _conversations.Where(conversation => conversation.Value.IsOpen).Select(conversation => (int?)conversation.Key).FirstOrDefault();
        // A Gladly customer has at most one open conversation, and it is the newest that opens again.
        var id = !isGladly ? step.Conversation : open ?? Math.Max(step.Conversation, _conversations.Keys.DefaultIfEmpty().Max());
        var before = _conversations.TryGetValue(id, out var found) ? found : ((bool IsOpen, bool IsOtherBrand)?)null;
        var kind = before switch
        {
            null => ConversationEventKind.Opened,
            { IsOpen: true } => ConversationEventKind.Closed,
            _ => ConversationEventKind.Reopened,
        };
        _conversations[id] = (kind != ConversationEventKind.Closed, step.IsOtherBrand || before is { IsOtherBrand: true });
        _truth.Add((Now, _conversations.Values.Any(conversation => conversation.IsOpen)));
        var message = RelayMessage.Fresh(new ConversationWork(Event($"{id}", kind, _conversations[id].IsOtherBrand), _kind == FlagHelpdesk.Generic ? [Email] : null), Now);
        var at = Now;
        foreach (var delay in step.Repeats.Prepend(step.Delay))
        {
            at = at.AddSeconds(delay);
            Plan(at, () => _arrived.Add(message with { AcceptedAt = Now }));
        }

        if (step.IsTriedTwice)
        {
            Plan(at.AddMinutes(15), () => _arrived.Add(message.With([Email]) with { Attempts = 1, FirstFailureAt = at }));
        }
    }

    private ConversationEvent Event(string conversation, ConversationEventKind kind, bool isOtherBrand)
    {
        var number = _events++;
        return new ConversationEvent
        {
            Id = ConversationEventId.Of(_connection.Name, $"{kind}", conversation, $"{number}"),
            Connection = _connection.Name,
            Account = _connection.AccountFor(isOtherBrand ? "other" : null) ?? "main",
            Helpdesk = _connection.Helpdesk.Name,
            Kind = kind,
            ConversationId = conversation,
            CustomerId = _kind == FlagHelpdesk.Generic ? "" : CustomerId,
            OccurredAt = Now,
            InConversation = kind != ConversationEventKind.Closed,
        };
    }

    private async Task RelayAsync()
    {
        foreach (var account in _arrived.GroupBy(message => message.Event.Account).ToList())
        {
            var batch = new RelayBatch(new BatchBudget(_clock, TimeSpan.FromMinutes(3.5)), Now);
            var sent = _queue.Count;
            var deliveries = await _state.RunAsync(batch, [.. account.Select(Delivery)], TestContext.Current.CancellationToken);
            foreach (var delivery in deliveries.Where(delivery => delivery.InConversation is not null))
            {
                _flags[delivery.Account.Name] = delivery.InConversation ?? false;
            }

            await new FollowUps(_queue, new WriteVersion(MessageVersion.First), _clock).SendAsync(batch, TestContext.Current.CancellationToken);
            foreach (var followUp in _queue.Fresh.Skip(sent))
            {
                var message = RelayWork.Reader.Read(followUp.Body) ?? throw new InvalidOperationException("A follow-up can't be read.");
                Plan(followUp.NotBefore ?? Now, () => _arrived.Add(message));
            }
        }

        _arrived.Clear();
    }

    private Delivery Delivery(RelayMessage message)
    {
        var isCounted = _kind is FlagHelpdesk.Kustomer or FlagHelpdesk.LaggingKustomer && message.Emails is null;
        return Core.Conversations.Relaying.Delivery.Of(message, _connection, Relay.Account(message.Account), [Email], isCounted ? (IsInConversation() ? 1 : 0) : null).Single();
    }

    private bool IsInConversation()
    {
        var asOf = _kind == FlagHelpdesk.LaggingKustomer ? Now.AddSeconds(-15) : Now;
        return _truth.Last(moment => moment.At <= asOf).IsInConversation;
    }

    private sealed class Helpdesk(FlagWorld world) : IHelpdeskClient
    {
        string IHelpdeskClient.Helpdesk => world._connection.Helpdesk.Name;

        public Task<Result<FoundCustomer>> LookUpAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The emails are known.");

        public async Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return world._kind switch
            {
                FlagHelpdesk.Generic => ConversationState.Unasked.Instance,
                FlagHelpdesk.GladlyWithoutList => new ConversationState.Single(
                    world._conversations[int.Parse(conversationEvent.ConversationId, System.Globalization.CultureInfo.InvariantCulture)].IsOpen, IsNewest: true),
                _ => new ConversationState.Known(world.IsInConversation()),
            };
        }
    }
}
