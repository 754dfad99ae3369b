using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Tests.Helpdesks.Kustomer;

public sealed class KustomerSuite : AskedHelpdeskSuite
{
    private protected override string Connection => "kustomer";

    private protected override string RequiredSetting => "BaseAddress";

    private protected override string Credentials => WebhookRequestBuilder.Signature;

    private protected override IReadOnlyDictionary<ConversationEventKind, string> Webhooks { get; } = new Dictionary<ConversationEventKind, string>
    {
        [ConversationEventKind.Opened] = new KustomerWebhookBuilder().Build(),
        [ConversationEventKind.Closed] = new KustomerWebhookBuilder().Closed().Build(),
        [ConversationEventKind.Reopened] = new KustomerWebhookBuilder().Updated().Status("done", "open").Build(),
        [ConversationEventKind.Rated] = new KustomerWebhookBuilder().Rated(5).Build(),
    };

    private protected override string OpenedOnceMore => new KustomerWebhookBuilder().With("id", "6717c2b1e5b1f00012ab3511").Build();

    private protected override string NotRelayed => new KustomerWebhookBuilder().With("name", "kustomer.message.create").Build();

    private protected override WebhookRequestBuilder Request(string body) => WebhookRequestBuilder.Kustomer(body);

    private protected override StubCall Customer(string customerId) => Relay.Kustomer.On(HttpMethod.Get, $"/v1/customers/{customerId}");

    private protected override void HasCustomer(string customerId, params string[] emails) => Relay.Kustomer.KnowsKustomer(customerId, emails);
}
