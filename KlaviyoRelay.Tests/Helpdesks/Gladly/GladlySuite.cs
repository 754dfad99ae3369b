using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Tests.Helpdesks.Gladly;

public sealed class GladlySuite : AskedHelpdeskSuite
{
    private protected override string Connection => "gladly";

    private protected override string RequiredSetting => "BaseAddress";

    private protected override string Credentials => "Authorization";

    private protected override IReadOnlyDictionary<ConversationEventKind, string> Webhooks { get; } = new Dictionary<ConversationEventKind, string>
    {
        [ConversationEventKind.Opened] = new GladlyWebhookBuilder().Build(),
        [ConversationEventKind.Closed] = new GladlyWebhookBuilder().Closed().Build(),
        [ConversationEventKind.Reopened] = new GladlyWebhookBuilder().Reopened().Build(),
    };

    private protected override string OpenedOnceMore => new GladlyWebhookBuilder().With("id", "zHaHXjD4SR-moMR9LbULDc").Build();

    private protected override string NotRelayed => new GladlyWebhookBuilder().OfType("PING").Build();

    private protected override WebhookRequestBuilder Request(string body) => WebhookRequestBuilder.Gladly(body);

    private protected override StubCall Customer(string customerId) => Relay.Gladly.On(HttpMethod.Get, $"/api/v1/customer-profiles/{customerId}");

    private protected override void HasCustomer(string customerId, params string[] emails) => Relay.Gladly.Knows(customerId, emails);
}
