namespace KlaviyoRelay.Core.Insights;

/// <summary>What became of a question about a customer.</summary>
public abstract record InsightOutcome
{
    private InsightOutcome()
    {
    }

    /// <summary>What Klaviyo knows; parts may be missing.</summary>
    public sealed record Found(Insight Insight) : InsightOutcome;

    /// <summary>There is no such connection, or it has no card.</summary>
    public sealed record NoCard : InsightOutcome;

    /// <summary>The token is missing or wrong.</summary>
    public sealed record Unauthorized : InsightOutcome;

    /// <summary>The connection asks too often.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : InsightOutcome;

    /// <summary>The helpdesk does not know the customer.</summary>
    public sealed record UnknownCustomer : InsightOutcome;

    /// <summary>Nothing can be told now.</summary>
    /// <param name="Detail">What can't be asked, without personal data.</param>
    /// <param name="RetryAfter">When asking again makes sense.</param>
    public sealed record Unavailable(string Detail, TimeSpan RetryAfter) : InsightOutcome;
}
