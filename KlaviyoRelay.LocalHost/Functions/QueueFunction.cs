namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>A function that a queue triggers.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="HasSessions">Whether messages of one session are handled one batch at a time.</param>
/// <param name="RunAsync">Handles a batch of message bodies.</param>
internal sealed record QueueFunction(string Name, string Queue, bool HasSessions, Func<string[], CancellationToken, Task> RunAsync);
