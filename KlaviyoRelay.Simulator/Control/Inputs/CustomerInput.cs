using System.Text.Json;

namespace KlaviyoRelay.Simulator.Control.Inputs;

internal sealed record CustomerInput
{
    public string? Helpdesk { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<EmailInput?>? Emails { get; init; }

    public string? MovedTo { get; init; }

    public int? OpenConversations { get; init; }

    // The rest is Kustomer's.
    public int? Rev { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? CompanyName { get; init; }

    public string? Locale { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyList<string>? Phones { get; init; }

    public JsonElement? Custom { get; init; }

    public bool Deleted { get; init; }
}
