using System.Globalization;
using System.Net;
using System.Security;
using System.Text;
using System.Xml.Linq;
using KlaviyoRelay.Core.Queueing;

namespace KlaviyoRelay.LocalHost.Azurite;

/// <summary>Queue storage's REST interface, as far as the local host needs it (learn.microsoft.com/rest/api/storageservices/queue-service-rest-api).</summary>
internal sealed class AzuriteQueueClient(HttpClient http, StorageAccount account, TimeProvider clock)
{
    /// <summary>The most messages that one request can get.</summary>
    public const int MaxMessages = 32;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Creates the queue if it is missing.</summary>
    public async Task CreateAsync(string queue, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Put, queue, null, cancellationToken);
        Expect(response, queue, HttpStatusCode.Created, HttpStatusCode.NoContent);
    }

    /// <summary>Adds a message that never expires, because one that waits must not be lost by waiting.</summary>
    public Task<SentMessage?> PutAsync(string queue, string text, TimeSpan delay, CancellationToken cancellationToken) =>
        PutAsync(queue, text, delay, lifetime: null, cancellationToken);

    /// <summary>Adds a message; creates the queue if it is missing.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="text">At most 64 KiB; by convention base64.</param>
    /// <param name="delay">How long nobody sees it; at most 7 days.</param>
    /// <param name="lifetime">When it expires; null for never.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<SentMessage?> PutAsync(string queue, string text, TimeSpan delay, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var seconds = Seconds(delay < Longest ? delay : Longest);
        var path = $"{queue}/messages?visibilitytimeout={seconds}&messagettl={(lifetime is { } time ? Seconds(time) : "-1")}";
        var body = $"<QueueMessage><MessageText>{SecurityElement.Escape(text)}</MessageText></QueueMessage>";
        using var response = await SendAsync(HttpMethod.Post, path, body, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            Expect(response, queue, HttpStatusCode.Created);
            return SentMessage.Read(await response.Content.ReadAsStringAsync(CancellationToken.None));
        }

        await CreateAsync(queue, cancellationToken);
        using var again = await SendAsync(HttpMethod.Post, path, body, cancellationToken);
        Expect(again, queue, HttpStatusCode.Created);
        return SentMessage.Read(await again.Content.ReadAsStringAsync(CancellationToken.None));
    }

    /// <summary>Gets up to <see cref="MaxMessages"/> and hides them from others for as long as the lock lasts.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> GetAsync(string queue, TimeSpan lockTime, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        using var response = await SendAsync(HttpMethod.Get, Messages(queue, lockTime), null, cancellationToken);
        Expect(response, queue, HttpStatusCode.OK);
        return await ReadAsync(response, asked + lockTime, cancellationToken);
    }

    /// <summary>As <see cref="GetAsync"/>; a queue that is missing has no messages.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> GetIfExistsAsync(string queue, TimeSpan lockTime, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        using var response = await SendAsync(HttpMethod.Get, Messages(queue, lockTime), null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        Expect(response, queue, HttpStatusCode.OK);
        return await ReadAsync(response, asked + lockTime, cancellationToken);
    }

    /// <summary>Hides a received message for longer, or shows it again. False when someone else has it by now.</summary>
    public async Task<bool> UpdateAsync(string queue, ReceivedMessage message, TimeSpan hideFor, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        using var response = await SendAsync(HttpMethod.Put, $"{Receipt(queue, message)}&visibilitytimeout={Seconds(hideFor)}", null, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return false;
        }

        Expect(response, queue, HttpStatusCode.NoContent);
        message.PopReceipt = response.Headers.GetValues("x-ms-popreceipt").First();
        message.LockedUntil = asked + hideFor;
        return true;
    }

    /// <summary>Deletes a received message. False when someone else has it by now.</summary>
    public async Task<bool> DeleteAsync(string queue, ReceivedMessage message, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, Receipt(queue, message), null, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return false;
        }

        Expect(response, queue, HttpStatusCode.NoContent);
        return true;
    }

    /// <summary>How many messages the queue holds, visible or not.</summary>
    public async Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, $"{queue}?comp=metadata", null, cancellationToken);
        Expect(response, queue, HttpStatusCode.OK);
        return Count(response);
    }

    /// <summary>As <see cref="CountAsync"/>; a queue that is missing has no messages.</summary>
    public async Task<int> CountIfExistsAsync(string queue, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, $"{queue}?comp=metadata", null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return 0;
        }

        Expect(response, queue, HttpStatusCode.OK);
        return Count(response);
    }

    /// <summary>The names of the queues that begin like this.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, $"?comp=list&prefix={prefix}", null, cancellationToken);
        Expect(response, "the account", HttpStatusCode.OK);
        var list = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return [.. list.Descendants("Queue").Select(queue => Text(queue, "Name"))];
    }

    /// <summary>Returns when the service has answered.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "?comp=list&maxresults=1", null, cancellationToken);
        Expect(response, "the account", HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(account.QueueEndpoint.AbsoluteUri.TrimEnd('/') + (path.StartsWith('?') ? "" : "/") + path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/xml");
        SharedKey.Sign(request, account, clock.GetUtcNow());
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new QueueUnavailableException($"Queue storage at {account.QueueEndpoint} does not answer: is Azurite running? Its address is in the setting {StorageAccount.Setting}.", exception);
        }
    }

    private static async Task<IReadOnlyList<ReceivedMessage>> ReadAsync(HttpResponseMessage response, DateTimeOffset lockedUntil, CancellationToken cancellationToken)
    {
        var list = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return [.. list.Descendants("QueueMessage").Select(message => new ReceivedMessage(
            Text(message, "MessageId"),
            Text(message, "PopReceipt"),
            Text(message, "MessageText"),
            lockedUntil))];
    }

    private static void Expect(HttpResponseMessage response, string queue, params ReadOnlySpan<HttpStatusCode> expected)
    {
        if (!expected.Contains(response.StatusCode))
        {
            var code = response.Headers.TryGetValues("x-ms-error-code", out var values) ? $", {values.First()}" : "";
            throw new QueueUnavailableException($"Queue storage answered {(int)response.StatusCode}{code} for {queue}.");
        }
    }

    private static string Messages(string queue, TimeSpan lockTime) => $"{queue}/messages?numofmessages={MaxMessages}&visibilitytimeout={Seconds(lockTime)}";

    private static string Receipt(string queue, ReceivedMessage message) =>
        $"{queue}/messages/{message.Id}?popreceipt={Uri.EscapeDataString(message.PopReceipt)}";

    private static string Seconds(TimeSpan time) => Math.Max(0, Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static int Count(HttpResponseMessage response) =>
        int.Parse(response.Headers.GetValues("x-ms-approximate-messages-count").First(), CultureInfo.InvariantCulture);

    private static string Text(XElement message, string name) => message.Element(name)?.Value ?? "";
}
