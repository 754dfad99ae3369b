using System.Text.Json;
using KlaviyoRelay.Core.Klaviyo.Conditions;

namespace KlaviyoRelay.Core.Klaviyo.Flows;

/// <summary>A step of a flow, which Klaviyo calls an action.</summary>
public sealed record FlowStep(string Id, string Type)
{
    private const string ConditionalSplit = "conditional-split";

    private const string Email = "send-email";

    private static readonly string[] Messages = [Email, "send-sms", "send-push-notification", "send-mobile-push", "send-whatsapp"];

    // They take no time, and send the customer nothing.
    private static readonly string[] Instant = ["update-profile", "send-webhook", "send-internal-alert", "trigger-split", ConditionalSplit];

    private static readonly string[] Waits = ["time-delay", "target-date", "countdown-delay", "back-in-stock-delay"];

    /// <summary>The message's name in the editor.</summary>
    public string Name { get; private init; } = Id;

    /// <summary>The message's id, which its events name; null when it sends none.</summary>
    public string? MessageId { get; private init; }

    /// <summary>Whether it is switched on.</summary>
    public bool IsOn { get; private init; } = true;

    public bool IsTransactional { get; private init; }

    /// <summary>The message's own filters.</summary>
    public ConditionGroups Filter { get; private init; } = ConditionGroups.None;

    /// <summary>What a split asks.</summary>
    public ConditionGroups Split { get; private init; } = ConditionGroups.None;

    public string? NextIfTrue { get; private init; }

    public string? NextIfFalse { get; private init; }

    /// <summary>Every step that may come next.</summary>
    public IReadOnlyList<string> Next { get; private init; } = [];

    public bool IsMessage => Messages.Contains(Type);

    public bool IsSplit => Type == ConditionalSplit && NextIfTrue != NextIfFalse && Split.All.Count > 0;

    /// <summary>Whether it takes no time, so that what was true before is true after it. A text message may wait for the morning.</summary>
    public bool IsInstant => Type == Email || Instant.Contains(Type);

    /// <summary>Whether the relay knows what it does; what it does not know may send a message.</summary>
    public bool IsKnown => IsMessage || IsInstant || Waits.Contains(Type);

    /// <summary>Null when it has no id or type.</summary>
    public static FlowStep? Read(JsonElement action)
    {
        if ((action.Text("id") ?? action.Text("temporary_id")) is not { } id || action.Text("type") is not { } type)
        {
            return null;
        }

        var (links, data) = (action.Member("links"), action.Member("data"));
        var message = data?.Member("message");
        return new FlowStep(id, type)
        {
            Name = message?.Text("name") ?? id,
            MessageId = message?.Text("id"),
            IsOn = !string.Equals(data?.Text("status"), "draft", StringComparison.OrdinalIgnoreCase),
            IsTransactional = message?.Flag("transactional") == true,
            Filter = ConditionReader.Read(message?.Member("additional_filters")),
            Split = ConditionReader.Read(data?.Member("profile_filter")),
            NextIfTrue = links?.Text("next_if_true"),
            NextIfFalse = links?.Text("next_if_false"),
            Next = [.. Texts(links).Concat(Texts(data?.Member("branches")))],
        };
    }

    // However a split of another kind writes its branches.
    private static IEnumerable<string> Texts(JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.Object } some => some.EnumerateObject().SelectMany(member => Texts(member.Value)),
        { ValueKind: JsonValueKind.Array } some => some.EnumerateArray().SelectMany(item => Texts(item)),
        { } some when some.Text() is { } text => [text],
        _ => [],
    };
}
