namespace KlaviyoRelay.Core.Work;

/// <summary>A queue where something can wait, and the message that it is there.</summary>
/// <param name="Queue">One of <see cref="QueueNames"/>.</param>
/// <param name="Message">The message.</param>
internal sealed record Place(string Queue, QueueMessage Message);
