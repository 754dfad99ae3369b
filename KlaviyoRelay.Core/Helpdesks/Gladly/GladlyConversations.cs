using System.Collections.Concurrent;
using System.Net;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Core.Helpdesks.Gladly;

/// <summary>
/// Asks Gladly for a customer's conversations: <c>GET /api/v1/customers/{id}/conversations</c>, oldest first, 100 at most.
/// An organization may lack that call, and a long list is cut: then the event's own conversation is asked about.
/// </summary>
public sealed class GladlyConversations(HttpSender sender, GladlyApi api, TimeProvider clock)
{
    private const string Api = GladlyApi.Name;
    private const string CutHeader = "Gladly-Limited-Data";
    private const int MaxListed = 100;
    private const int MaxHops = 5;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    // A way that is not there is answered by whatever stands before Gladly: the relay can do without it.
    private static readonly AnswerForm Form = GladlyApi.Found with { TakesAsVerdict = HttpStatusCode.NotFound };

    // When an organization was found to lack the list; null once it has given one.
    private readonly ConcurrentDictionary<string, long?> _withoutList = new(StringComparer.Ordinal);

    public async Task<ConversationState> AskAsync(Connection connection, ConversationEvent conversationEvent, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (IsWithoutList(connection))
        {
            return await AskOwnAsync(connection, conversationEvent, newestListed: null, budget, cancellationToken);
        }

        using var answer = await ListAsync(connection, conversationEvent.CustomerId, budget, cancellationToken);
        if (!answer.IsSuccess)
        {
            return new ConversationState.Failed(answer.Failure);
        }

        switch (answer.Value.StatusCode)
        {
            case HttpStatusCode.OK:
                if (await WellFormedJson.ReadAsync(answer.Value, GladlyJsonContext.Default.IReadOnlyListGladlyConversation, cancellationToken) is not { } listed
                    || !listed.All(conversation => conversation is { Status: not null }))
                {
                    return new ConversationState.Failed(HelpdeskFailure.Unreadable(Api));
                }

                _withoutList[connection.Name] = null;
                return await ReadAsync(connection, conversationEvent, listed, IsCut(answer.Value, listed), budget, cancellationToken);
            case HttpStatusCode.NotFound:
                var state = await AskOwnAsync(connection, conversationEvent, newestListed: null, budget, cancellationToken);
                if (state is ConversationState.Single { IsOpen: not null })
                {
                    // Gladly knows the conversation and so its customer: what it lacks is the list, unless it has given one before.
                    _withoutList.AddOrUpdate(connection.Name, _ => clock.GetTimestamp(), (_, before) => before is null ? null : clock.GetTimestamp());
                }

                return state;
            case HttpStatusCode.MovedPermanently:
                return ConversationState.Unknown.Instance;
            default:
                return new ConversationState.Failed(HelpdeskFailure.Of(Api, answer.Value));
        }
    }

    private bool IsWithoutList(Connection connection) =>
        _withoutList.TryGetValue(connection.Name, out var since) && since is { } found && clock.GetElapsedTime(found) < Remembered;

    /// <summary>The list, of the customer that this one was merged into; the last move where there are too many.</summary>
    private async Task<Result<HttpResponseMessage>> ListAsync(Connection connection, string customerId, BatchBudget budget, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            var answer = await sender.SendAsync(Get(connection, $"customers/{Uri.EscapeDataString(customerId)}/conversations"), budget, cancellationToken);
            if (hop == MaxHops
                || answer.Value?.StatusCode != HttpStatusCode.MovedPermanently
                || (await WellFormedJson.ReadAsync(answer.Value, GladlyJsonContext.Default.GladlyErrors, cancellationToken))?.MovedTo is not { Length: > 0 } moved)
            {
                return answer;
            }

            answer.Dispose();
            customerId = moved;
        }
    }

    private async Task<ConversationState> ReadAsync(
        Connection connection, ConversationEvent conversationEvent, IReadOnlyList<GladlyConversation> listed, bool isCut, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (listed.Any(conversation => conversation.IsOpen))
        {
            return new ConversationState.Known(true);
        }

        // The newest ones are missing from a list that was cut.
        return isCut
            ? await AskOwnAsync(connection, conversationEvent, listed.Max(conversation => conversation.CreatedAt), budget, cancellationToken)
            : new ConversationState.Known(false);
    }

    private static bool IsCut(HttpResponseMessage response, IReadOnlyList<GladlyConversation> listed) =>
        response.Headers.Contains(CutHeader) || listed.Count >= MaxListed;

    private async Task<ConversationState> AskOwnAsync(
        Connection connection, ConversationEvent conversationEvent, DateTimeOffset? newestListed, BatchBudget budget, CancellationToken cancellationToken)
    {
        using var answer = await sender.SendAsync(
            Get(connection, $"conversations/{Uri.EscapeDataString(conversationEvent.ConversationId)}"), budget, cancellationToken);
        if (!answer.IsSuccess)
        {
            return new ConversationState.Failed(answer.Failure);
        }

        return answer.Value.StatusCode switch
        {
            HttpStatusCode.OK when await WellFormedJson.ReadAsync(answer.Value, GladlyJsonContext.Default.GladlyConversation, cancellationToken) is { Status: not null } own =>
                new ConversationState.Single(own.IsOpen, IsNewest: newestListed is null || own.CreatedAt >= newestListed),
            HttpStatusCode.OK => new ConversationState.Failed(HelpdeskFailure.Unreadable(Api)),
            HttpStatusCode.NotFound or HttpStatusCode.MovedPermanently => new ConversationState.Single(IsOpen: null, IsNewest: false),
            _ => new ConversationState.Failed(HelpdeskFailure.Of(Api, answer.Value)),
        };
    }

    private HttpCall Get(Connection connection, string path) => api.Get(connection, $"api/v1/{path}") with { Form = Form };
}
