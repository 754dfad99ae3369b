namespace KlaviyoRelay.Tests.Cli;

/// <summary>A message of <see cref="FakeQueueStorage"/>.</summary>
internal sealed class StoredMessage
{
    public required string Id { get; init; }

    public required string Text { get; init; }

    public required string Receipt { get; set; }

    public required DateTimeOffset VisibleAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
