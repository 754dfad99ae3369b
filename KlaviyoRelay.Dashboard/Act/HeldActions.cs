using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Texts;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What the simulated Klaviyo holds of a customer of a simulated helpdesk: the flag, the consent, and the last events.</summary>
internal sealed class HeldActions(SimulatorLink link, SimulatorClient simulator, ConnectionRegistry connections)
{
    private const int MaxCustomers = 100;
    private const int MaxEvents = 10;

    /// <summary>The customers to choose from. Emails are masked.</summary>
    public async Task<DashboardAnswer> CustomersAsync(HttpRequest request)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        var customers = await link.FindAsync(cancellationToken) is { } address ? await simulator.CustomersAsync(address, cancellationToken) : [];
        return DashboardAnswer.Of(
            new HeldCustomers([.. customers.Where(customer => customer.Emails is { Length: > 0 }).Take(MaxCustomers).Select(Of)]), DashboardJson.Default.HeldCustomers);
    }

    /// <summary>One profile for each email that Klaviyo knows.</summary>
    public async Task<DashboardAnswer> FindAsync(HttpRequest request)
    {
        var (helpdesk, id, cancellationToken) = ($"{request.RouteValues["helpdesk"]}", $"{request.RouteValues["customer"]}", request.HttpContext.RequestAborted);
        if (await link.FindAsync(cancellationToken) is not { } address)
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, "Events do not go to the simulator: look at the customer in Klaviyo, or at the card in the helpdesk.");
        }

        if ((await simulator.CustomersAsync(address, cancellationToken)).FirstOrDefault(one => one.Helpdesk == helpdesk && one.Id == id) is not { } customer)
        {
            return DashboardAnswer.Problem(StatusCodes.Status404NotFound, "The simulator has no such customer.");
        }

        var emails = (customer.Emails ?? []).Select(one => one.Email).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var events = await simulator.LastEventsAsync(address, cancellationToken);
        var (profiles, known) = (new List<HeldProfile>(), 0);
        foreach (var email in emails)
        {
            var found = await simulator.ProfilesAsync(address, email, cancellationToken);
            known += Math.Min(1, found.Count);
            foreach (var profile in found)
            {
                profiles.Add(Of(email, profile, events.Where(one => string.Equals($"{one["profileId"]}", $"{profile["id"]}", StringComparison.Ordinal))));
            }
        }

        return DashboardAnswer.Of(new HeldCustomer(profiles, emails.Count - known, []), DashboardJson.Default.HeldCustomer);
    }

    private HeldProfile Of(string email, JsonNode profile, IEnumerable<JsonNode> events) => new(
        EmailMask.Apply(email),
        $"{profile["account"]}",
        [
            .. connections.All.Select(connection => connection.ProfileProperty).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new HeldFlag(name, profile["properties"]?[name] is JsonValue value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.GetValue<bool>() : null)),
        ],
        Consent(profile["subscriptions"]),
        [
            .. events.Select(one => new HeldEvent($"{one["metric"]}", DateTimeOffset.Parse($"{one["time"]}", CultureInfo.InvariantCulture)))
                .OrderByDescending(one => one.Time).Take(MaxEvents),
        ]);

    // The words are Klaviyo's own.
    private static IReadOnlyList<HeldConsent> Consent(JsonNode? subscriptions) =>
        subscriptions is JsonObject channels
            ? [.. channels.Where(channel => channel.Value is JsonObject).Select(channel => new HeldConsent(channel.Key, channel.Value?["marketing"]?["consent"]?.GetValue<string>() ?? "NEVER_SUBSCRIBED"))]
            : [];

    private static HeldChoice Of(ListedCustomer customer) => new(
        $"{customer.Helpdesk}", $"{customer.Id}", string.Join(", ", (customer.Emails ?? []).Select(one => EmailMask.Apply($"{one.Email}"))));
}

/// <summary>A customer to choose.</summary>
internal sealed record HeldChoice(string Helpdesk, string Id, string Emails);

internal sealed record HeldCustomers(IReadOnlyList<HeldChoice> Customers);

/// <summary>What Klaviyo holds of a customer, how many of the customer's emails it does not know, and why something is missing.</summary>
internal sealed record HeldCustomer(IReadOnlyList<HeldProfile> Profiles, int Unknown, IReadOnlyList<string> Missing);

/// <summary>A profile: by its email (masked) or its id, the account, and what is held.</summary>
internal sealed record HeldProfile(string Name, string Account, IReadOnlyList<HeldFlag> Flags, IReadOnlyList<HeldConsent> Consent, IReadOnlyList<HeldEvent> Events)
{
    /// <summary>When it was read; null for just now.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>A property that says whether the customer is in conversation; null when it is not set.</summary>
internal sealed record HeldFlag(string Property, bool? Value);

internal sealed record HeldConsent(string Channel, string Status);

internal sealed record HeldEvent(string Metric, DateTimeOffset Time);
