namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record ConversationInput
{
    public string? Helpdesk { get; init; }

    public string? Id { get; init; }

    public string? CustomerId { get; init; }

    public string? Status { get; init; }
}
