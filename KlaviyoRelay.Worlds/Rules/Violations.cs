namespace KlaviyoRelay.Worlds.Rules;

/// <summary>A promise that was broken.</summary>
/// <param name="Rule">Which, in a few words that are always the same.</param>
/// <param name="Detail">What is wrong, where.</param>
internal sealed record Violation(string Rule, string Detail);

/// <summary>The promises, by name.</summary>
internal static class RuleNames
{
    public const string Lost = "nothing answered 2xx is lost";
    public const string Twice = "nothing is recorded twice";
    public const string MadeUp = "nothing is recorded that did not happen";
    public const string Reason = "a letter's reason is true";
    public const string Flag = "the property is right";
    public const string Limits = "no rate limit is exceeded";
    public const string Hands = "an account's work is in one hand";
    public const string Order = "an email's events are in order";
    public const string Privacy = "no personal data in logs or reasons";
    public const string Time = "what waits gets its try in time";
    public const string Memory = "nothing piles up";
    public const string Bug = "no function fails for a reason of its own";
    public const string Answer = "a request gets the right answer";
    public const string Counts = "a run's counts add up";
    public const string Moves = "a world comes to its end";
    public const string Thread = "a seed has one history";
}
