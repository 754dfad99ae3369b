namespace KlaviyoRelay.Core.Work;

/// <summary>How long events wait on <c>dead-letter-throttled</c>: <c>Relay__DeadLetters__...</c>.</summary>
public sealed class DeadLetterOptions
{
    /// <summary>The least time between a failed delivery and the next attempt.</summary>
    public TimeSpan Hold { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after its first failure an event is given up and parked for a person.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);
}
