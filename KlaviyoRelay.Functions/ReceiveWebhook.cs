using KlaviyoRelay.Core.Conversations.Receiving;
using KlaviyoRelay.Core.Helpdesks.Webhooks;
using Microsoft.AspNetCore.Http;

namespace KlaviyoRelay.Functions;

/// <summary>
/// Takes a helpdesk's webhook in. Anonymous for the Functions host: the webhook's own credentials are checked. GET and
/// HEAD are answered alike for every name, because Intercom asks so before it saves an address.
/// </summary>
public sealed class ReceiveWebhook(WebhookReceiver receiver)
{
    [Function(nameof(ReceiveWebhook))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", "get", "head", Route = "webhooks/{connection}")] HttpRequest request,
        string connection,
        CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            return WebhookResults.ToAnyoneWhoLooks;
        }

        var webhook = new WebhookRequest(
            connection,
            request.ContentType,
            request.ContentLength,
            request.Body,
            name => request.Headers.TryGetValue(name, out var values) && values is [var value] ? value : null);
        return WebhookResults.Of(await receiver.ReceiveAsync(webhook, cancellationToken));
    }
}
