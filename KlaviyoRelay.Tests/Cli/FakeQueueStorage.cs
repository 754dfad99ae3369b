using System.Net;
using System.Web;
using System.Xml.Linq;

namespace KlaviyoRelay.Tests.Cli;

/// <summary>Queue storage in memory, with the answers that Azurite gives to what the relay asks.</summary>
internal sealed class FakeQueueStorage(TimeProvider clock) : HttpMessageHandler
{
    private readonly Dictionary<string, List<StoredMessage>> _queues = [];
    private int _count;

    /// <summary>Answers 503 when it says so.</summary>
    public Func<HttpRequestMessage, bool> Fails { get; set; } = _ => false;

    /// <summary>Happens after a message was put.</summary>
    public Func<string, string, Task> Received { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Happens after a held message was made due by its receipt.</summary>
    public Func<string, Task> Updated { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<StoredMessage> Of(string queue)
    {
        lock (_queues)
        {
            return [.. _queues.GetValueOrDefault(queue, [])];
        }
    }

    public bool Has(string queue)
    {
        lock (_queues)
        {
            return _queues.ContainsKey(queue);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var address = request.RequestUri ?? throw new InvalidOperationException("A request without an address.");
        var query = HttpUtility.ParseQueryString(address.Query);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        HttpResponseMessage answer;
        lock (_queues)
        {
            answer = Fails(request) ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Answer(request.Method.Method, address.Segments[2..], query.Get, body);
        }

        var queue = address.Segments.ElementAtOrDefault(2)?.TrimEnd('/') ?? "";
        switch (request.Method.Method, answer.StatusCode)
        {
            case ("POST", HttpStatusCode.Created):
                await Received(queue, body);
                break;
            case ("PUT", HttpStatusCode.NoContent) when address.Segments.Length == 5:
                await Updated(queue);
                break;
        }

        return answer;
    }

    private HttpResponseMessage Answer(string method, string[] path, Func<string, string?> query, string body)
    {
        if (path.Length == 0)
        {
            return List(query("prefix") ?? "");
        }

        var queue = path[0].TrimEnd('/');
        if (path.Length == 1 && method == "GET")
        {
            return Count(queue);
        }

        if (path.Length == 1)
        {
            return new HttpResponseMessage(_queues.TryAdd(queue, []) ? HttpStatusCode.Created : HttpStatusCode.NoContent);
        }

        if (!_queues.TryGetValue(queue, out var messages))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        messages.RemoveAll(message => message.ExpiresAt <= clock.GetUtcNow());
        var seconds = TimeSpan.FromSeconds(int.Parse(query("visibilitytimeout") ?? "0"));
        return (method, path.Length) switch
        {
            ("POST", 2) => Put(messages, body, seconds, int.Parse(query("messagettl") ?? "-1")),
            ("GET", 2) => Get(messages, seconds),
            (_, 3) => Change(messages, method, path[2], query("popreceipt"), seconds),
            _ => throw new InvalidOperationException($"An unexpected request: {method} {string.Concat(path)}"),
        };
    }

    private HttpResponseMessage List(string prefix) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(new XElement(
            "EnumerationResults",
            new XElement("Queues", _queues.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => new XElement("Queue", new XElement("Name", name)))),
            new XElement("NextMarker")).ToString()),
    };

    private HttpResponseMessage Count(string queue)
    {
        var answer = new HttpResponseMessage(_queues.ContainsKey(queue) ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        answer.Headers.Add("x-ms-approximate-messages-count", $"{Of(queue).Count}");
        return answer;
    }

    private HttpResponseMessage Put(List<StoredMessage> messages, string body, TimeSpan delay, int lifetime)
    {
        var message = new StoredMessage
        {
            Id = $"message-{++_count}",
            Receipt = $"receipt-{++_count}",
            Text = XElement.Parse(body).Element("MessageText")?.Value ?? "",
            VisibleAt = clock.GetUtcNow() + delay,
            ExpiresAt = lifetime < 0 ? DateTimeOffset.MaxValue : clock.GetUtcNow().AddSeconds(lifetime),
        };
        messages.Add(message);
        return Xml(HttpStatusCode.Created, [message]);
    }

    private HttpResponseMessage Get(List<StoredMessage> messages, TimeSpan hideFor)
    {
        var page = messages.Where(message => message.VisibleAt <= clock.GetUtcNow()).Take(32).ToList();
        foreach (var message in page)
        {
            message.VisibleAt = clock.GetUtcNow() + hideFor;
            message.Receipt = $"receipt-{++_count}";
            // What was received goes behind the others, as Azurite sorts by the time of becoming visible.
            messages.Remove(message);
            messages.Add(message);
        }

        return Xml(HttpStatusCode.OK, page);
    }

    private HttpResponseMessage Change(List<StoredMessage> messages, string method, string id, string? receipt, TimeSpan hideFor)
    {
        var message = messages.Find(message => message.Id == id);
        if (message?.Receipt != receipt || message is null)
        {
            return new HttpResponseMessage(message is null ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest);
        }

        messages.Remove(message);
        if (method == "PUT")
        {
            message.VisibleAt = clock.GetUtcNow() + hideFor;
            message.Receipt = $"receipt-{++_count}";
            messages.Add(message);
        }

        var answer = new HttpResponseMessage(HttpStatusCode.NoContent);
        answer.Headers.Add("x-ms-popreceipt", message.Receipt);
        answer.Headers.Add("x-ms-time-next-visible", $"{message.VisibleAt:R}");
        return answer;
    }

    private HttpResponseMessage Xml(HttpStatusCode status, IEnumerable<StoredMessage> messages) => new(status)
    {
        Content = new StringContent(new XElement(
            "QueueMessagesList",
            messages.Select(message => new XElement(
                "QueueMessage",
                new XElement("MessageId", message.Id),
                new XElement("InsertionTime", $"{clock.GetUtcNow():R}"),
                new XElement("ExpirationTime", $"{clock.GetUtcNow().AddDays(7):R}"),
                new XElement("PopReceipt", message.Receipt),
                new XElement("TimeNextVisible", $"{message.VisibleAt:R}"),
                new XElement("DequeueCount", 1),
                new XElement("MessageText", message.Text)))).ToString()),
    };
}
