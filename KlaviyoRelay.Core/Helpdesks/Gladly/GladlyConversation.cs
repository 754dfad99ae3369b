namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>What the relay reads of <c>GET /api/v1/conversations/{id}</c>.</summary>
internal sealed record GladlyConversation
{
    /// <summary><c>OPEN</c>, <c>WAITING</c> or <c>CLOSED</c>.</summary>
    public string? Status { get; init; }
}
