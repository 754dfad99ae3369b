namespace KlaviyoRelay.Simulator.Demo;

/// <summary>An event Klaviyo should have recorded exactly once.</summary>
internal sealed record ExpectedEvent(string Metric, string Email)
{
    /// <summary>The profile property the event sets, as <c>name = true</c>; null when it sets none.</summary>
    public string? ProfileProperty { get; init; }

    /// <summary>The event's properties, values as JSON.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a recorded event is this one, whatever it says besides.</summary>
    public bool Is(RecordedByKlaviyo recorded) =>
        recorded.Metric == Metric
        && string.Equals(recorded.Email, Email, StringComparison.OrdinalIgnoreCase)
        && recorded.Properties.GetValueOrDefault(KustomerStory.ConversationId)
            == Properties.GetValueOrDefault(KustomerStory.ConversationId);

    public bool Equals(RecordedByKlaviyo recorded) =>
        Is(recorded)
        && recorded.ProfileProperty == ProfileProperty
        && recorded.Properties.Count == Properties.Count
        && Properties.All(property => recorded.Properties.GetValueOrDefault(property.Key) == property.Value);
}
