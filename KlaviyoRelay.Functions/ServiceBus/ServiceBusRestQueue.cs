using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.Functions.ServiceBus;

/// <summary>
/// Sends to Service Bus over its REST interface (learn.microsoft.com/rest/api/servicebus): an output binding can
/// set neither the session nor the enqueue time, and runs after the HTTP answer has gone out. A send is one
/// request for many messages, and all of them are accepted or none.
/// </summary>
internal sealed class ServiceBusRestQueue : IEventQueue
{
    private readonly HttpPipeline _pipeline;
    private readonly Uri _namespace;

    public ServiceBusRestQueue(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusRestOptions? options = null)
    {
        _namespace = new Uri($"https://{fullyQualifiedNamespace}/");
        options ??= new ServiceBusRestOptions();
        options.RetryPolicy = new BriefRetryPolicy(options.Retry);
        _pipeline = HttpPipelineBuilder.Build(
            options,
            new BearerTokenAuthenticationPolicy(credential, "https://servicebus.azure.net/.default"));
    }

    public async Task SendAsync(string queue, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var accepted = 0;
        try
        {
            foreach (var (body, count) in ServiceBusBatch.Pages(messages, Activity.Current?.Id))
            {
                await SendAsync(queue, body, cancellationToken);
                accepted += count;
            }
        }
        catch (QueueUnavailableException exception) when (accepted > 0)
        {
            throw new QueueUnavailableException(exception.Message, exception) { Accepted = accepted };
        }
    }

    /// <summary>
    /// Any answer below 500 will do: it shows that the namespace is reached and that the identity gets a token, without
    /// a message. 401 tells nothing about the roles: to look at the namespace takes the right to manage it, which a
    /// relay that may send and receive does not have. No documented request asks for the right to send without sending.
    /// </summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(_namespace);
        await SendAsync("the namespace", message, cancellationToken);
        if (message.Response.Status >= 500)
        {
            throw new QueueUnavailableException(ServiceBusAnswer.Explain("the namespace", message.Response.Status));
        }
    }

    private async Task SendAsync(string queue, ReadOnlyMemory<byte> page, CancellationToken cancellationToken)
    {
        using var message = Post(queue, page);
        await SendAsync(queue, message, cancellationToken);
        if (message.Response.Status != 201)
        {
            throw new QueueUnavailableException(ServiceBusAnswer.Explain(queue, message.Response.Status));
        }
    }

    private HttpMessage Post(string queue, ReadOnlyMemory<byte> batch)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(_namespace, $"{queue}/messages"));
        message.Request.Headers.Add("Content-Type", "application/vnd.microsoft.servicebus.json");
        message.Request.Content = RequestContent.Create(batch);
        return message;
    }

    private async Task SendAsync(string queue, HttpMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (Exception exception) when (AzureOutage.Is(exception))
        {
            // A cancelled retry comes as an AggregateException of every try's failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueueUnavailableException($"Service Bus does not answer for {queue} ({exception.GetType().Name}): check ServiceBusConnection__fullyQualifiedNamespace, the network and AZURE_CLIENT_ID.", exception);
        }
    }
}
