namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>
/// What the relay reads of <c>GET /api/v1/conversations/{id}</c>, and of each element of
/// <c>GET /api/v1/customers/{id}/conversations</c>.
/// </summary>
public sealed record GladlyConversation
{
    public string? Id { get; init; }

    /// <summary><c>OPEN</c>, <c>WAITING</c> or <c>CLOSED</c>.</summary>
    public string? Status { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>A waiting conversation is not over.</summary>
    public bool IsOpen => Status != "CLOSED";
}
