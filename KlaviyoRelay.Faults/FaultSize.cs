using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Faults;

/// <summary>How big a run is: everything else follows from the number of conversations.</summary>
internal sealed record FaultSize(int Conversations)
{
    /// <summary>From here on speed is judged too.</summary>
    public bool IsFull => Conversations >= 1000;

    /// <summary>How many rows a body has: 2,000 of 100 conversations, 50,000 of 1,000.</summary>
    public int Rows => Conversations * (IsFull ? 50 : 20);

    /// <summary>How long something is away that comes back.</summary>
    public TimeSpan Outage => TimeSpan.FromSeconds(Math.Clamp(Conversations / 50, 3, 20));

    /// <summary>How long to wait for the end before a row fails.</summary>
    public TimeSpan Patience => Eventually.Patience + TimeSpan.FromSeconds(Conversations * 0.36);

    /// <summary>How long a row may take in all: it waits a few times, and never for ever.</summary>
    public TimeSpan Longest => Patience * 3;
}
