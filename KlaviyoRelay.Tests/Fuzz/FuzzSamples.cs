using System.Text;
using CsCheck;
using KlaviyoRelay.Core.Helpdesks.Generic;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Fuzz;

/// <summary>Webhooks that every helpdesk really sends: where the mutations begin.</summary>
internal static class FuzzSamples
{
    public static (string Connection, string Body)[] All { get; } =
    [
        ("gladly", new GladlyWebhookBuilder().Build()),
        ("gladly", new GladlyWebhookBuilder().Closed().Build()),
        ("gladly", new GladlyWebhookBuilder().Reopened().Build()),
        ("gladly", new GladlyWebhookBuilder().OfType("PING").Build()),
        ("kustomer", new KustomerWebhookBuilder().Build()),
        ("kustomer", new KustomerWebhookBuilder().Closed().Build()),
        ("kustomer", new KustomerWebhookBuilder().Rated(5).Build()),
        ("kustomer", new KustomerWebhookBuilder().Closed().Rated("4", before: 2).Build()),
        ("kustomer", KustomerCustomers.Jane.Webhook()),
        ("kustomer", KustomerCustomers.Jane.Custom("""{"loyaltyTierStr":"silver"}""").Webhook()),
        ("desk", new DeskWebhookBuilder().WithJson("customer.emails", """[{"a":"ann@shop.example","v":true},{"a":"bob@shop.example"}]""").Build()),
        ("desk", new DeskWebhookBuilder().Of("rated").With("ticket.score", 4).WithJson("customer.emails", "[]").Build()),
        .. OfPresets(),
    ];

    /// <summary>A sample with up to four changes of its members; a third of them with changes of their bytes too.</summary>
    public static Gen<FuzzedWebhook> Webhooks { get; } = Gen.Select(
        Gen.Int[0, All.Length - 1], JsonEdit.Any, Gen.Frequency((2, ByteEdit.None), (1, ByteEdit.Some)),
        (index, json, bytes) => new FuzzedWebhook(All[index].Connection, ByteEdit.Apply(Encoding.UTF8.GetBytes(JsonEdit.Apply(All[index].Body, json)), bytes)));

    /// <summary>The headers that the connection's webhooks are authenticated by.</summary>
    public static Dictionary<string, string> Credentials(string connection, byte[] body) => connection switch
    {
        "kustomer" => new() { [WebhookRequestBuilder.Signature] = WebhookRequestBuilder.Sign(body) },
        "desk" => new() { ["X-Webhook-Token"] = "desk-token" },
        _ when GenericPresets.Names.Contains(connection) => new() { ["X-Webhook-Token"] = "desk-token" },
        _ => new() { ["Authorization"] = WebhookRequestBuilder.Basic("relay:gladly-password") },
    };

    /// <summary>A preset's samples are webhooks of the connection that has the preset's name.</summary>
    private static IEnumerable<(string Connection, string Body)> OfPresets() =>
        Directory.EnumerateFiles(Repository.PathOf("KlaviyoRelay.Simulator/Webhooks/Samples"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file).Split('.')[0], File.ReadAllText(file)));
}

/// <summary>A webhook of a connection, with changes.</summary>
internal sealed record FuzzedWebhook(string Connection, byte[] Body)
{
    public override string ToString() => $"{Connection}: {Encoding.UTF8.GetString(Body)}";
}
