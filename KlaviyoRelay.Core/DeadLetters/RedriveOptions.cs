namespace KlaviyoRelay.Core.DeadLetters;

/// <summary>Which parked letters are sent round again: <c>Redrive__...</c>.</summary>
public sealed class RedriveOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string SectionName = "Redrive";

    /// <summary>Reasons, separated by commas, such as <c>unauthorized,forbidden</c>; empty for all.</summary>
    public string Reasons { get; set; } = "";

    internal IReadOnlySet<DeadLetterReason> ParsedReasons => Names.Select(DeadLetterReasons.Parse).OfType<DeadLetterReason>().ToHashSet();

    internal IEnumerable<string> Names => Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
