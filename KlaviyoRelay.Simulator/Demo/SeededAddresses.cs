using KlaviyoRelay.Simulator.Helpdesks;

namespace KlaviyoRelay.Simulator.Demo;

/// <summary>The addresses of the simulator's customers, merges followed.</summary>
internal sealed class SeededAddresses(IReadOnlyDictionary<string, (IReadOnlyList<string> Emails, string? MovedTo)> customers)
{
    /// <summary>Whether there are customers, and none has a made-up address.</summary>
    public bool AreOwn { get; } = customers.Count > 0
        && !customers.Values.Any(customer => customer.Emails.Any(email => email.EndsWith($"@{SeededCustomers.Domain}", StringComparison.OrdinalIgnoreCase)));

    public IReadOnlyList<string> Of(string customer) => customers.TryGetValue(customer, out var found)
        ? found.MovedTo is { } target ? Of(target) : found.Emails
        : throw new SimulatorSetupException($"The simulator has no customer '{customer}'. Reset it: POST /_simulator/reset.");
}
