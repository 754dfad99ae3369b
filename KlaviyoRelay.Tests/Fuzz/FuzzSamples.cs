using System.Text;

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
    ];

    /// <summary>The headers that the connection's webhooks are authenticated by.</summary>
    public static Dictionary<string, string> Credentials(string connection, byte[] body) => connection switch
    {
        "kustomer" => new() { [WebhookRequestBuilder.Signature] = WebhookRequestBuilder.Sign(body) },
        _ => new() { ["Authorization"] = WebhookRequestBuilder.Basic("relay:gladly-password") },
    };

    /// <summary>A sample, mutated most of the time.</summary>
    public static (string Connection, byte[] Body) Next(Random random)
    {
        var (connection, body) = All[random.Next(All.Length)];
        if (random.Next(4) > 0)
        {
            body = JsonMutation.Of(body, random);
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        return (connection, random.Next(3) == 0 ? ByteMutation.Of(bytes, random) : bytes);
    }
}
