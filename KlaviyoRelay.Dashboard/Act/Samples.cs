using System.Collections.Concurrent;
using System.Globalization;
using KlaviyoRelay.Core;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.Dashboard.Act;

/// <summary>The buttons that change sample conversations. The simulator plays the helpdesk: it writes the webhooks.</summary>
internal sealed class Samples(
    IOptions<RelayOptions> relay, IOptions<KlaviyoOptions> klaviyo, IConfiguration configuration, SimulatorClient simulator, SampleSender sender)
{
    private const string Open = "open";
    private const string Burst = "burst";
    private const int InABurst = 20;

    // The conversation that was opened last, by connection.
    private readonly ConcurrentDictionary<string, string> _last = new(StringComparer.Ordinal);

    // What is clicked next is about what was clicked before, and waits for it.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>What a connection's buttons are; without any, why there are none.</summary>
    public async Task<(IReadOnlyList<string> Buttons, string? WhyNone)> ButtonsAsync(string connection, CancellationToken cancellationToken)
    {
        var options = relay.Value.Connections[connection];
        if (HelpdeskOf(connection, options) is not { } helpdesk)
        {
            return ([], "There are samples only of a helpdesk that the relay asks for customers.");
        }

        if (!SampleSender.Kinds.Contains(options.Webhook.Kind, StringComparer.OrdinalIgnoreCase))
        {
            return ([], $"The samples are not signed with {options.Webhook.Kind}, only with {string.Join(", ", SampleSender.Kinds)}.");
        }

        if (!helpdesk.IsLoopback || await simulator.KindsAsync(helpdesk, NameOf(options), cancellationToken) is not { } kinds)
        {
            return ([], $"Customers are looked up at {helpdesk.GetLeftPart(UriPartial.Authority)}, which is not the simulator and does not know the sample customers.");
        }

        return new Uri(klaviyo.Value.BaseAddress).IsLoopback || await simulator.HasOwnCustomersAsync(helpdesk, cancellationToken)
            ? ([.. kinds, Burst], null)
            : ([], $"Events go to {klaviyo.Value.BaseAddress}, where the sample customers would become profiles of made-up addresses: set Simulator__CustomerEmail to an address of yours, and start again.");
    }

    public async Task<DashboardAnswer> PostAsync(TryRequest request, CancellationToken cancellationToken)
    {
        if (request.Connection is not { } connection || !relay.Value.Connections.TryGetValue(connection, out var options))
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{request.Connection}' is no connection.");
        }

        var turn = _turns.GetOrAdd(connection, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await PostAsync(connection, options, request, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<DashboardAnswer> PostAsync(string connection, ConnectionOptions options, TryRequest request, CancellationToken cancellationToken)
    {
        var (buttons, whyNone) = await ButtonsAsync(connection, cancellationToken);
        if (whyNone is not null)
        {
            return DashboardAnswer.Problem(StatusCodes.Status409Conflict, whyNone);
        }

        if (request.What is not { } what || !buttons.Contains(what))
        {
            return DashboardAnswer.Problem(StatusCodes.Status400BadRequest, $"'{request.What}' is nothing that a conversation of {connection} can do here.");
        }

        try
        {
            var changes = await Task.WhenAll(Enumerable.Range(0, what == Burst ? InABurst : 1).Select(_ => PostAsync(connection, options, what, cancellationToken)));
            return changes.Contains(null)
                ? DashboardAnswer.Problem(StatusCodes.Status409Conflict, "Open a conversation first.")
                : Result(what, [.. changes.OfType<Change>()]);
        }
        catch (Exception exception) when (SimulatorClient.IsAway(exception, cancellationToken) || exception is SecretUnavailableException)
        {
            return DashboardAnswer.Problem(StatusCodes.Status503ServiceUnavailable, $"It could not be posted: {SimulatorClient.WhyAway(exception)}");
        }
    }

    /// <summary>Null when there is no conversation to change.</summary>
    private async Task<Change?> PostAsync(string connection, ConnectionOptions options, string what, CancellationToken cancellationToken)
    {
        var isNew = what is Open or Burst;
        if (HelpdeskOf(connection, options) is not { } helpdesk || (!isNew && !_last.ContainsKey(connection)))
        {
            return null;
        }

        var change = new SampleChange(NameOf(options), isNew ? Open : what, isNew ? null : _last[connection]);
        if (await simulator.ChangeAsync(helpdesk, change, cancellationToken) is not { } webhook)
        {
            return null;
        }

        _last[connection] = webhook.Conversation;
        return new Change(webhook.Customer, await sender.PostAsync(connection, options.Webhook, webhook, cancellationToken));
    }

    private static DashboardAnswer Result(string what, Change[] changes)
    {
        var status = changes.Max(change => change.Status);
        var done = what switch
        {
            Burst => string.Create(CultureInfo.InvariantCulture, $"Opened {InABurst} conversations"),
            Open => $"Opened a conversation of {changes[0].Customer}",
            "close" => $"Closed a conversation of {changes[0].Customer}",
            "reopen" => $"Reopened a conversation of {changes[0].Customer}",
            _ => $"Rated a conversation of {changes[0].Customer}",
        };
        return DashboardAnswer.Of(
            status == StatusCodes.Status202Accepted
                ? new TryResult(status, $"{done}: the relay answered 202.")
                : new TryResult(status, string.Create(CultureInfo.InvariantCulture, $"The relay answered {status}; its log says why.")),
            DashboardJson.Default.TryResult);
    }

    private static string NameOf(ConnectionOptions options) => options.Helpdesk.ToLowerInvariant();

    /// <summary>Where the connection's customers are looked up; null when the helpdesk is not asked. Each helpdesk has this setting in its own part.</summary>
    private Uri? HelpdeskOf(string connection, ConnectionOptions options) =>
        Uri.TryCreate(configuration[$"Relay:Connections:{connection}:{options.Helpdesk}:BaseAddress"], UriKind.Absolute, out var address) ? address : null;

    private sealed record Change(string Customer, int Status);
}

/// <summary>A button of the page: where to, and what.</summary>
internal sealed record TryRequest(string? Connection, string? What);

/// <summary>The relay's HTTP status, and the same in words.</summary>
internal sealed record TryResult(int Status, string Sentence);
