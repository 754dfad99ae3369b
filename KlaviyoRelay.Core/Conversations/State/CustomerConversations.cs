using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>
/// What is known of one customer's conversations: each as its newest event left it, in whatever order the events
/// arrive. Pure: it is read from rows and tells which rows changed.
/// </summary>
public sealed class CustomerConversations
{
    // Conversations that the webhook counts and does not name.
    private const string Others = "others";
    private const string FlagPrefix = "flag-";
    private const int IdLength = 16;
    private const int MaxIds = 64;

    // A flag that stays set is noted again, long before its row expires.
    private static readonly TimeSpan FlagAge = TimeSpan.FromDays(7);

    private readonly Dictionary<string, ConversationRow> _rows;
    private readonly List<string> _changed = [];

    public CustomerConversations(IEnumerable<ConversationRow> rows) => _rows = rows.ToDictionary(row => row.Key, StringComparer.Ordinal);

    /// <summary>The rows that have to be written.</summary>
    public IReadOnlyList<ConversationRow> Changed => [.. _changed.Distinct(StringComparer.Ordinal).Select(key => _rows[key])];

    /// <summary>The accounts whose flag was set last.</summary>
    public IEnumerable<string> FlaggedAccounts => _rows.Values.Where(row => IsFlag(row) && row.IsOpen).Select(row => row.Account);

    private IEnumerable<ConversationRow> Conversations => _rows.Values.Where(row => !IsFlag(row) && row.Key != Others);

    public bool Knows(ConversationEvent conversationEvent) => _rows.Count > 0 && _rows.ContainsKey(KeyOf(conversationEvent));

    /// <summary>When the conversation's newest event happened; null when none is known.</summary>
    public DateTimeOffset? ChangedAt(ConversationEvent conversationEvent) => _rows.GetValueOrDefault(KeyOf(conversationEvent))?.ChangedAt;

    /// <summary>Whether something is known that happened at that time or later.</summary>
    public bool KnowsOfSince(DateTimeOffset time) => Conversations.Any(row => row.ChangedAt >= time);

    /// <summary>Whether something is known that happened after that time.</summary>
    public bool KnowsOfAfter(DateTimeOffset time) => Conversations.Any(row => row.ChangedAt > time);

    /// <summary>Takes an event in. A repeat changes nothing, an older event does not overrule a newer one.</summary>
    public void Observe(ConversationEvent conversationEvent)
    {
        if (conversationEvent is not { InConversation: { } inConversation, LeavesAccount: false })
        {
            return;
        }

        var isClosed = conversationEvent.Kind == ConversationEventKind.Closed;
        Observe(KeyOf(conversationEvent), conversationEvent, isOpen: !isClosed && inConversation);
        if (isClosed && (inConversation || _rows.ContainsKey(Others)))
        {
            Observe(Others, conversationEvent, isOpen: inConversation);
        }
    }

    /// <summary>Takes over what another record of the same customer knows better.</summary>
    public void Add(CustomerConversations other)
    {
        foreach (var row in other.Conversations.Where(row => !_rows.TryGetValue(row.Key, out var own) || own.ChangedAt < row.ChangedAt))
        {
            Put(row with { Version = _rows.GetValueOrDefault(row.Key)?.Version });
        }
    }

    /// <summary>Whether the customer is in a conversation that belongs to the account.</summary>
    public bool IsOpen(string account) => Conversations.Any(row => row.IsOpen && row.Account == account) || AreOthersOpen;

    /// <summary>Whether a conversation other than the event's was opened after the event.</summary>
    public bool HasNewerOpen(ConversationEvent conversationEvent) =>
        Conversations.Any(row => row.IsOpen && row.Key != KeyOf(conversationEvent) && row.ChangedAt > conversationEvent.OccurredAt);

    /// <summary>Whether a conversation other than the event's is open since then, so that a helpdesk's answer may not have it yet.</summary>
    /// <param name="account">The account that it belongs to; null for any.</param>
    public bool HasOtherOpenSince(ConversationEvent conversationEvent, DateTimeOffset time, string? account = null) =>
        Conversations.Any(row => row.IsOpen && row.ChangedAt >= time && row.Key != KeyOf(conversationEvent) && (account is null || row.Account == account));

    /// <summary>Notes what an account's flag is set to.</summary>
    public void SetFlag(string account, bool value, DateTimeOffset now)
    {
        var key = FlagPrefix + account;
        if (_rows.GetValueOrDefault(key) is not { } before || before.IsOpen != value || now - before.ChangedAt > FlagAge)
        {
            Put(new ConversationRow { Key = key, IsOpen = value, Account = account, ChangedAt = now, Version = _rows.GetValueOrDefault(key)?.Version });
        }
    }

    // A later close whose webhook counts none leaves none.
    private bool AreOthersOpen =>
        _rows.GetValueOrDefault(Others) is { IsOpen: true } others && !Conversations.Any(row => !row.IsOpen && row.ChangedAt > others.ChangedAt);

    private void Observe(string key, ConversationEvent conversationEvent, bool isOpen)
    {
        var before = _rows.GetValueOrDefault(key);
        var id = conversationEvent.Id[..Math.Min(IdLength, conversationEvent.Id.Length)];
        var ids = before?.EventIds.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (ids.Contains(id))
        {
            return;
        }

        var isNewest = before is null || IsNewer(conversationEvent, before);
        Put(new ConversationRow
        {
            Key = key,
            IsOpen = isNewest ? isOpen : before!.IsOpen,
            Account = isNewest ? conversationEvent.Account : before!.Account,
            ChangedAt = isNewest ? conversationEvent.OccurredAt : before!.ChangedAt,
            EventIds = ids.Length == 0 ? id : string.Join(' ', ids.Append(id).TakeLast(MaxIds)),
            Version = before?.Version,
        });
    }

    // Of events of the same time, as helpdesks with coarse clocks have them, the later arrival counts; but an opening was
    // first, and that holds for one whose time is not the helpdesk's, too.
    private static bool IsNewer(ConversationEvent conversationEvent, ConversationRow before) => conversationEvent.Kind == ConversationEventKind.Opened
        ? conversationEvent.OccurredAt > before.ChangedAt && !conversationEvent.IsTimedByArrival
        : conversationEvent.OccurredAt >= before.ChangedAt;

    private void Put(ConversationRow row)
    {
        _rows[row.Key] = row;
        _changed.Add(row.Key);
    }

    private static bool IsFlag(ConversationRow row) => row.Key.StartsWith(FlagPrefix, StringComparison.Ordinal);

    private static string KeyOf(ConversationEvent conversationEvent) =>
        ConversationEventId.Of(conversationEvent.Connection, "record", conversationEvent.ConversationId, "");
}
