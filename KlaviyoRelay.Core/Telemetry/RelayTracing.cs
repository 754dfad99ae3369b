using System.Diagnostics;

namespace KlaviyoRelay.Core.Telemetry;

/// <summary>
/// The relay's activities. Names and tags follow OpenTelemetry's conventions for messaging and HTTP
/// (opentelemetry.io/docs/specs/semconv/messaging/messaging-spans, http/http-spans). A batch has many messages, so
/// its own activity links to all of them; what is done for one message continues that message's trace. No activity
/// has an address or a text of the far end, which can hold an email. None is of the kinds Server and Consumer, of which
/// Application Insights makes requests: those are the Functions host's, one for each run of a function.
/// </summary>
public static class RelayTracing
{
    /// <summary>The event's id: a hash, the one that the webhook's answer told. The workbook looks for an event's attempts by it.</summary>
    public const string EventId = "messaging.message.id";

    /// <summary>
    /// Begins a trace of its own: a sender's <c>traceparent</c> must choose neither its id nor whether it is
    /// recorded. What surrounds it (the host's request) is linked.
    /// </summary>
    /// <param name="connection">The connection's name; null when there is none of the name that was asked for.</param>
    public static Activity? ReceiveWebhook(string? connection)
    {
        if (!RelayTelemetry.Activities.HasListeners())
        {
            return null;
        }

        var surrounding = Activity.Current;
        Activity.Current = null;
        var activity = RelayTelemetry.Activities.StartActivity("receive webhook", ActivityKind.Internal, default(ActivityContext), links: LinksTo(surrounding));
        if (activity is null)
        {
            Activity.Current = surrounding;
        }

        return activity?.SetTag(RelayTags.Connection, connection);
    }

    /// <summary>Sends messages; they carry this activity's context.</summary>
    /// <param name="id">The message's id; null for several messages.</param>
    public static Activity? Send(string queue, int count, string? id)
    {
        var activity = Messaging(RelayTelemetry.Activities.StartActivity($"send {queue}", ActivityKind.Producer), "send", queue, count);
        return id is null ? activity : activity?.SetTag(EventId, id);
    }

    /// <summary>Works on a batch, with a link to each message's trace.</summary>
    public static Activity? Process(string queue, int messages, IEnumerable<TraceContext?> traces) =>
        Messaging(Linked($"process {queue}", traces), "process", queue, messages);

    /// <summary>Does something for one message, in that message's trace, with a link to the batch.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="trace">The message's trace; null for none.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="connection">The connection that it came from.</param>
    /// <param name="account">The account that it goes to.</param>
    public static Activity? For(string name, TraceContext? trace, string id, string connection, string account)
    {
        if (!RelayTelemetry.Activities.HasListeners())
        {
            return null;
        }

        var activity = trace?.Read() is { } parent
            ? RelayTelemetry.Activities.StartActivity(name, ActivityKind.Internal, parent, links: LinksTo(Activity.Current))
            : RelayTelemetry.Activities.StartActivity(name, ActivityKind.Internal);
        return activity?
            .AddTag(EventId, id)
            .AddTag(RelayTags.Connection, connection)
            .AddTag(RelayTags.Account, account);
    }

    /// <summary>Sends events of many messages in one request, with a link to each message's trace.</summary>
    public static Activity? BulkJob(string account, IEnumerable<TraceContext?> traces) =>
        Linked("deliver bulk job", traces)?.SetTag(RelayTags.Account, account);

    /// <summary>Asks a helpdesk for what no webhook brought.</summary>
    public static Activity? Recover(string connection) =>
        RelayTelemetry.Activities.StartActivity("recover events")?.SetTag(RelayTags.Connection, connection);

    /// <summary>One attempt of a request.</summary>
    /// <param name="request">The request: its method and host are told, never its address.</param>
    /// <param name="route">The path without ids and query; null when it has ids.</param>
    public static Activity? Request(HttpRequestMessage request, string? route)
    {
        if (!RelayTelemetry.Activities.HasListeners())
        {
            return null;
        }

        var name = route is null ? request.Method.Method : $"{request.Method.Method} {route}";
        return RelayTelemetry.Activities.StartActivity(name, ActivityKind.Client)?
            .AddTag("http.request.method", request.Method.Method)
            .AddTag("server.address", request.RequestUri?.Host)
            .AddTag("server.port", request.RequestUri?.Port)
            .SetTag("url.template", route);
    }

    public static void Answered(this Activity activity, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status >= 400)
        {
            activity.Fail($"{status}");
        }
    }

    /// <summary>Only what kind of error: its words can hold what an activity must not.</summary>
    public static void Fail(this Activity activity, string type) => activity.SetStatus(ActivityStatusCode.Error).SetTag("error.type", type);

    private static Activity? Linked(string name, IEnumerable<TraceContext?> traces)
    {
        if (!RelayTelemetry.Activities.HasListeners())
        {
            return null;
        }

        return RelayTelemetry.Activities.StartActivity(name, ActivityKind.Internal, Activity.Current?.Context ?? default, links: LinksTo(traces));
    }

    private static List<ActivityLink> LinksTo(IEnumerable<TraceContext?> traces)
    {
        var links = new List<ActivityLink>();
        var linked = new HashSet<string>(StringComparer.Ordinal);
        TraceContext? last = null;
        foreach (var found in traces)
        {
            // A bulk job has a message once for each of its emails, mostly one after another.
            if (found is { } trace && trace != last && linked.Add(trace.Parent) && trace.Read() is { } context)
            {
                links.Add(new ActivityLink(context));
            }

            last = found;
        }

        return links;
    }

    // Without its tracestate, which a sender may have written.
    private static ActivityLink[] LinksTo(Activity? activity) =>
        activity is null ? [] : [new ActivityLink(new ActivityContext(activity.TraceId, activity.SpanId, activity.ActivityTraceFlags))];

    private static Activity? Messaging(Activity? activity, string operation, string queue, int count) => activity?
        .SetTag("messaging.system", "servicebus")
        .SetTag("messaging.operation.type", operation)
        .SetTag("messaging.destination.name", queue)
        .SetTag("messaging.batch.message_count", count);
}
