using System.Text.Json;

namespace KlaviyoRelay.Core.Helpdesks.Kustomer;

/// <summary>
/// Kustomer's webhooks about customers: <c>kustomer.customer.create</c>, and of <c>kustomer.customer.update</c> those that
/// change something that goes to Klaviyo. Each message of a conversation updates the customer, so most are ignored.
/// </summary>
public static class KustomerCustomers
{
    private const string Create = "kustomer.customer.create";
    private const string Update = "kustomer.customer.update";

    // A message of a queue has room for a few times as many.
    private const int MaxProfileLength = 8000;

    private static readonly Translation.Ignored NotMapped = new("This event is not relayed: the connection's CustomerFields are empty.");
    private static readonly Translation.Ignored NothingMoved = new("This update changes nothing of the customer that goes to Klaviyo.");
    private static readonly Translation.Ignored Deleted = new("The customer is deleted.");
    private static readonly Translation.Ignored Nameless = new("The customer has no email, phone number or external id that goes to Klaviyo.");

    /// <summary>Whether an event of this name is about a customer.</summary>
    public static bool AreOf(string? name) => name is Create or Update;

    /// <param name="connection">The connection that received it.</param>
    /// <param name="body">A webhook about a customer.</param>
    public static Translation Translate(Connection connection, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!connection.Options.Own<KustomerOptions>().MapsCustomers)
        {
            return NotMapped;
        }

        try
        {
            return LenientJson.Read(body, KustomerJsonContext.Default.KustomerCustomerWebhook, out _) is { } webhook ? Translate(connection, webhook) : Translation.Malformed.Json;
        }
        catch (JsonException)
        {
            return Translation.Malformed.Json;
        }
    }

    private static Translation Translate(Connection connection, KustomerCustomerWebhook webhook)
    {
        var mapping = KustomerMapping.Of(connection);
        // Without changes, nothing tells what moved.
        if (webhook is { Name: Update, Changes.Attributes: { } changes } && !changes.Any(change => mapping.Maps(change.Key, change.Value)))
        {
            return NothingMoved;
        }

        var required = new RequiredFields();
        var occurredAt = required.Time(webhook.CreatedAt, "createdAt");
        var customerId = required.Id(webhook.Data?.Id, "data.id");
        if (required.Error is { } error)
        {
            return error;
        }

        if (webhook.Data?.Attributes is not { Rev: { } rev } attributes)
        {
            return Translation.Malformed.Missing("data.attributes.rev");
        }

        if (connection.AccountFor(brand: null) is not { } account)
        {
            return Translation.Ignored.Brand;
        }

        return mapping.ProfileOf(attributes) switch
        {
            null => Deleted,
            { Identifier: null } => Nameless,
            var profile => new Translation.Changed(new CustomerChange
            {
                Connection = connection.Name,
                Account = account,
                CustomerId = customerId,
                Rev = rev,
                OccurredAt = occurredAt,
                Profile = LengthOf(profile) <= MaxProfileLength ? profile : null,
            }),
        };
    }

    private static int LengthOf(CustomerProfile profile) =>
        profile.Fields.Sum(field => field.Value?.Length ?? 0) + profile.Properties.Sum(property => property.Key.Length + property.Value.GetRawText().Length);
}
