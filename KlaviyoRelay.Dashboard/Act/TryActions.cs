using System.Collections.Concurrent;
using System.Globalization;
using KlaviyoRelay.Core.Secrets;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The buttons that post sample conversations.</summary>
internal sealed class TryActions(SampleConnections connections, SampleSender sender, SimulatorClient simulator, TimeProvider clock)
{
    private const int InABurst = 20;

    private static readonly string[] Customers = ["john", "maria", "jane", "casey"];

    private readonly ConcurrentDictionary<string, SampleConversation> _last = new(StringComparer.Ordinal);

    // Ids that no earlier start has used.
    private readonly string _run = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    private int _ids;
    private int _conversations;

    public async Task<DashboardAnswer> PostAsync(TryRequest request, CancellationToken cancellationToken)
    {
        if (connections.Find(request.Connection ?? "") is not { } options)
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{request.Connection}' is no connection.");
        }

        var (connection, helpdesk) = (request.Connection ?? "", options.Helpdesk.ToLowerInvariant());
        if (await connections.WhyNotAsync(connection, cancellationToken) is { } whyNot)
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, whyNot);
        }

        if (request.What is not { } what || !SampleAction.IsOf(helpdesk, what))
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{request.What}' is nothing that a conversation of {connection} can do here.");
        }

        if (what is not (SampleAction.Open or SampleAction.Burst) && !_last.ContainsKey(connection))
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, "Open a conversation first.");
        }

        try
        {
            return what == SampleAction.Burst
                ? await BurstAsync(connection, helpdesk, cancellationToken)
                : await OneAsync(connection, helpdesk, what, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or SecretUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, $"It could not be posted: {exception.Message}");
        }
    }

    private async Task<DashboardAnswer> OneAsync(string connection, string helpdesk, string what, CancellationToken cancellationToken)
    {
        var conversation = what == SampleAction.Open ? New(helpdesk) : _last[connection];
        _last[connection] = conversation;
        var status = await PostAsync(connection, what, conversation, cancellationToken);
        var done = what switch { SampleAction.Open => "Opened", SampleAction.Close => "Closed", SampleAction.Reopen => "Reopened", _ => "Rated" };
        return Result(status, $"{done} a conversation of {conversation.Customer}");
    }

    private async Task<DashboardAnswer> BurstAsync(string connection, string helpdesk, CancellationToken cancellationToken)
    {
        var conversations = Enumerable.Range(0, InABurst).Select(_ => New(helpdesk)).ToList();
        _last[connection] = conversations[^1];
        var statuses = await Task.WhenAll(conversations.Select(one => PostAsync(connection, SampleAction.Open, one, cancellationToken)));
        return Result(statuses.Max(), string.Create(CultureInfo.InvariantCulture, $"Opened {InABurst} conversations"));
    }

    private async Task<int> PostAsync(string connection, string what, SampleConversation conversation, CancellationToken cancellationToken)
    {
        var options = connections.Find(connection) ?? throw new InvalidOperationException("The connection was there just now.");
        var helpdesk = SampleConnections.HelpdeskOf(options) ?? throw new InvalidOperationException("The helpdesk was one with samples just now.");
        // First, so that a late event that asks the helpdesk hears the truth.
        var state = $$"""[{"helpdesk":"{{conversation.Helpdesk}}","id":"{{conversation.Id}}","customerId":"{{conversation.Customer}}","status":"{{SampleWebhook.Status(what, conversation)}}"}]""";
        await simulator.PostAsync(helpdesk, "conversations", state, cancellationToken);
        return await sender.PostAsync(connection, options, SampleWebhook.Body(what, conversation, $"webhook-{NextId()}", clock.GetUtcNow()), cancellationToken);
    }

    private SampleConversation New(string helpdesk)
    {
        var number = Interlocked.Increment(ref _conversations);
        return new SampleConversation(helpdesk, $"try-{NextId()}", $"{helpdesk}-{Customers[number % Customers.Length]}");
    }

    private string NextId() => $"{_run}-{Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture)}";

    private static DashboardAnswer Result(int status, string done) => DashboardAnswer.Of(
        status == StatusCodes.Status202Accepted
            ? new TryResult(status, $"{done}: the relay answered 202.")
            : new TryResult(status, string.Create(CultureInfo.InvariantCulture, $"The relay answered {status}; its log says why.")),
        DashboardJson.Default.TryResult);
}
