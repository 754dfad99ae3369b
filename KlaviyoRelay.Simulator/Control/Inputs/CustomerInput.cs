namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record CustomerInput
{
    public string? Helpdesk { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<EmailInput?>? Emails { get; init; }

    public string? MovedTo { get; init; }

    public int? OpenConversations { get; init; }
}
