using KlaviyoRelay.Core.Helpdesks;

namespace KlaviyoRelay.Tests.Helpdesks.Generic;

public sealed class GenericSuite : HelpdeskSuite
{
    private protected override string Connection => "desk";

    private protected override (string Name, string? Value)[] Settings => DeskWebhookBuilder.Settings(("Generic__Kinds__Reopened", "reopened"));

    private protected override string RequiredSetting => "ConversationId";

    private protected override string Credentials => "X-Webhook-Token";

    private protected override IReadOnlyDictionary<ConversationEventKind, string> Webhooks { get; } = new Dictionary<ConversationEventKind, string>
    {
        [ConversationEventKind.Opened] = new DeskWebhookBuilder().Build(),
        [ConversationEventKind.Closed] = new DeskWebhookBuilder().Of("closed").Build(),
        [ConversationEventKind.Reopened] = new DeskWebhookBuilder().Of("reopened").Build(),
        [ConversationEventKind.Rated] = new DeskWebhookBuilder().Of("rated").With("ticket.score", 5).Build(),
    };

    private protected override string OpenedOnceMore => new DeskWebhookBuilder().With("at", "2026-01-15T14:09:00Z").Build();

    private protected override string NotRelayed => new DeskWebhookBuilder().Of("assigned").Build();

    private protected override WebhookRequestBuilder Request(string body) => WebhookRequestBuilder.Desk(body);
}
