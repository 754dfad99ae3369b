using System.Collections.Concurrent;
using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Secrets;
using Microsoft.Extensions.Logging;

namespace KlaviyoRelay.Core.Insights;

/// <summary>Answers a card's question about a customer: who may ask, how often, which emails the customer has, and what Klaviyo knows.</summary>
public sealed partial class InsightDesk(
    ConnectionRegistry connections, CardAccess access, CustomerEmails customers, InsightReader reader, TimeProvider clock, ILogger<InsightDesk> logger)
{
    // An agent waits for it, and Gladly gives up after 5 s.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3.5);

    // A permit that is there is taken a moment later.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private const int LongestId = 128;

    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);

    /// <param name="name">The connection that the address names.</param>
    /// <param name="customer">The customer that it names.</param>
    /// <param name="authorization">The header.</param>
    /// <param name="cancellationToken">Ends the check of the token. What is being read goes on, so that the next question finds it.</param>
    public async Task<InsightOutcome> AnswerAsync(string name, string customer, string? authorization, CancellationToken cancellationToken)
    {
        if (connections.Find(name) is not { Options.Card.IsOn: true } connection)
        {
            return new InsightOutcome.NoCard();
        }

        try
        {
            if (!await access.IsGrantedAsync(connection, authorization, cancellationToken))
            {
                return new InsightOutcome.Unauthorized();
            }
        }
        catch (SecretUnavailableException)
        {
            return new InsightOutcome.Unavailable("The card's token can't be read from the vault.", InsightCache.Pause);
        }

        var limiter = _limiters.GetOrAdd(name, _ => new RateLimiter(clock, new SlidingWindow(connection.Options.Card.RequestsPerMinute, TimeSpan.FromMinutes(1))));
        if (!await limiter.WaitAsync(Moment, cancellationToken))
        {
            return new InsightOutcome.TooMany(limiter.Wait);
        }

        limiter.Finish();
        if (!IsId(customer))
        {
            return new InsightOutcome.UnknownCustomer();
        }

        Log.Asked(logger, name, customer);
        return await ReadAsync(connection, customer);
    }

    private async Task<InsightOutcome> ReadAsync(Connection connection, string customer)
    {
        var budget = new BatchBudget(clock, Longest);
        var emails = await customers.ReadAsync(connection, customer, budget);
        if (emails.Value is null)
        {
            return emails.Failure?.Reason == DeadLetterReason.CustomerNotFound
                ? new InsightOutcome.UnknownCustomer()
                : new InsightOutcome.Unavailable($"{connection.Helpdesk.Title} could not be asked who the customer is.", emails.Failure?.RetryAfter ?? InsightCache.Pause);
        }

        var accounts = await Task.WhenAll(connection.Accounts.Select(account => reader.ReadAsync(account, connection, customer, emails.Value, budget)));
        return accounts.All(account => account.Failure is not null)
            ? new InsightOutcome.Unavailable(accounts[0].Insight.Missing[0].Why, accounts.Min(account => account.Failure?.RetryAfter ?? InsightCache.Pause))
            : new InsightOutcome.Found(new Insight(connection.Name, customer, [.. accounts.Select(account => account.Insight)]));
    }

    // It becomes part of an address and of a log line.
    private static bool IsId(string customer) =>
        customer.Length is > 0 and <= LongestId && customer.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The card of connection {Connection} asks for the insight of customer {Customer}.")]
        public static partial void Asked(ILogger logger, string connection, string customer);
    }
}
