using System.Reflection;
using System.Text.Json.Nodes;
using KlaviyoRelay.Simulator.Gladly;
using KlaviyoRelay.Simulator.Kustomer;

namespace KlaviyoRelay.Simulator.Webhooks;

/// <summary>A webhook of each helpdesk for each thing that can happen, by a name such as <c>gladly.closed</c>.</summary>
internal static class SampleWebhooks
{
    private const string Prefix = "KlaviyoRelay.Simulator.Webhooks.Samples.";
    private const string Suffix = ".json";

    private static readonly Dictionary<string, Func<Happening, string>> Written = new(StringComparer.Ordinal)
    {
        [$"{GladlyApi.ServiceName}.created"] = happened => GladlyWebhooks.Conversation(GladlyWebhooks.Created, happened),
        [$"{GladlyApi.ServiceName}.closed"] = happened => GladlyWebhooks.Conversation(GladlyWebhooks.Closed, happened),
        [$"{GladlyApi.ServiceName}.reopened"] = happened => GladlyWebhooks.Conversation(GladlyWebhooks.Reopened, happened),
        [$"{GladlyApi.ServiceName}.topic-added"] = GladlyWebhooks.TopicAdded,
        [$"{GladlyApi.ServiceName}.ping"] = GladlyWebhooks.Ping,
        [$"{KustomerApi.ServiceName}.created"] = KustomerWebhooks.Created,
        [$"{KustomerApi.ServiceName}.closed"] = happened => KustomerWebhooks.StatusChanged(happened, KustomerWebhooks.Open, KustomerWebhooks.Done),
        [$"{KustomerApi.ServiceName}.reopened"] = happened => KustomerWebhooks.StatusChanged(happened, KustomerWebhooks.Done, KustomerWebhooks.Open),
        [$"{KustomerApi.ServiceName}.rated"] = happened => KustomerWebhooks.Rated(happened, rating: 5, score: 1),
        [$"{KustomerApi.ServiceName}.tagged"] = KustomerWebhooks.Tagged,
    };

    private static readonly Assembly Here = typeof(SampleWebhooks).Assembly;

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Written.Keys
            .Concat(Here.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..^Suffix.Length]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whose webhook it is.</summary>
    public static string HelpdeskOf(string name) => name.Split('.')[0];

    /// <summary>Whether the relay asks the helpdesk for the customer. If not, the webhook has the email.</summary>
    public static bool IsAskedForCustomers(string name) => Written.ContainsKey(name);

    /// <summary>The webhook.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="happened">What it tells of.</param>
    /// <param name="email">Where the webhook has the customer's email, this one.</param>
    public static string Write(string name, Happening happened, string email)
    {
        if (Written.TryGetValue(name, out var write))
        {
            return write(happened);
        }

        using var sample = Here.GetManifestResourceStream($"{Prefix}{name}{Suffix}") ?? throw new ArgumentException($"There is no sample '{name}'.", nameof(name));
        var webhook = JsonNode.Parse(sample) ?? throw new InvalidOperationException($"The sample {name} is empty.");
        PresetFields.Set(HelpdeskOf(name), webhook, happened, email);
        return webhook.ToJsonString();
    }

    /// <summary>The headers that the helpdesk sends beside the signature.</summary>
    public static IEnumerable<(string Name, string Value)> HeadersOf(string name, Happening happened) =>
        HelpdeskOf(name) == PresetFields.Zendesk ? [("X-Zendesk-Webhook-Invocation-Id", happened.Id)] : [];
}
