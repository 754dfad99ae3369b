namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record WebhookInput
{
    public string? Helpdesk { get; init; }

    public string? What { get; init; }

    public string? Conversation { get; init; }
}
