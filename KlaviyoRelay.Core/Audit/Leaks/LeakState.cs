using System.Text.Json.Serialization;

namespace KlaviyoRelay.Core.Audit.Leaks;

/// <summary>How far a search for leaks is, and what it has found. With it, a search that was broken off goes on. Ids and counts only.</summary>
public sealed record LeakState
{
    public required string Account { get; init; }

    /// <summary>Messages count from this time on.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Everything before this time has been read.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>How many requests that took.</summary>
    public int Requests { get; set; }

    /// <summary>How many events were read.</summary>
    public long Events { get; set; }

    /// <summary>How many conversations began in the time.</summary>
    public int Conversations { get; set; }

    /// <summary>How many messages went out in the time, to customers in conversation and to others.</summary>
    public long Messages { get; set; }

    /// <summary>The open conversations of each profile.</summary>
    public Dictionary<string, List<OpenConversation>> Open { get; init; } = [];

    public List<LeakCount> Leaks { get; init; } = [];

    /// <summary>A search from its beginning: it looks back further than its messages, because the conversations may have begun earlier.</summary>
    public static LeakState Begin(string account, DateTimeOffset since, DateTimeOffset until) =>
        new() { Account = account, Since = since, Until = until, At = since - CustomerInConversation.Guard };

    [JsonIgnore]
    public bool IsDone => At >= Until;
}

/// <summary>A conversation that has begun and not ended.</summary>
/// <param name="Connection">Of which connection.</param>
/// <param name="Id">The helpdesk's id; null where events have none.</param>
/// <param name="Since">When it began, or began again.</param>
public sealed record OpenConversation(string Connection, string? Id, DateTimeOffset Since);

/// <summary>What customers in conversation got of one message.</summary>
public sealed record LeakCount
{
    public string? Flow { get; init; }

    public string? Message { get; init; }

    public string? Name { get; init; }

    public int Messages { get; set; }

    /// <summary>Klaviyo's ids of the profiles that got it.</summary>
    public HashSet<string> Profiles { get; init; } = [];

    /// <summary>How many on each day (UTC).</summary>
    public SortedDictionary<DateOnly, int> Days { get; init; } = [];
}

/// <summary>The state as it is kept between two attempts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LeakState))]
public sealed partial class LeakStateJsonContext : JsonSerializerContext;
