using System.Text.Json;

namespace KlaviyoRelay.Core.Work;

/// <summary>One kind of work. Release, redrive, metrics, the command line and the dashboard know no other difference.</summary>
/// <param name="name">How messages name it.</param>
/// <param name="queue">The queue that its messages wait on, one of <see cref="QueueNames"/>.</param>
public abstract class WorkKind(string name, string queue)
{
    /// <summary>How messages name it, such as <c>conversation-event</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The queue that its messages wait on.</summary>
    public string Queue { get; } = queue;

    /// <summary>The oldest <see cref="MessageVersion"/> that can hold it, in which it is written at least.</summary>
    public virtual int OldestVersion => MessageVersion.Second;

    /// <summary>Reads a payload; null when something is missing that each has.</summary>
    /// <param name="payload">An object.</param>
    /// <exception cref="JsonException">It is not of this kind.</exception>
    public abstract WorkPayload? Read(JsonElement payload);

    /// <summary>The payload as an object.</summary>
    /// <param name="payload">A payload of this kind.</param>
    public abstract JsonElement Write(WorkPayload payload);
}

/// <summary>What a message asks for.</summary>
public abstract record WorkPayload
{
    /// <summary>Its kind.</summary>
    public abstract WorkKind Kind { get; }

    /// <summary>Derived from the content: the same work always has the same id.</summary>
    public abstract string Id { get; }

    /// <summary>The name of the Klaviyo account that it is for.</summary>
    public abstract string Account { get; }

    /// <summary>The name of the connection or sync that it comes from.</summary>
    public abstract string Connection { get; }

    /// <summary>When it happened: letters are released in this order.</summary>
    public abstract DateTimeOffset OccurredAt { get; }

    /// <summary>What is left to do of it, such as emails; empty for all of it.</summary>
    public abstract IReadOnlyList<string> Parts { get; }

    /// <summary>How many events or rows are left to do, as metrics count it.</summary>
    public virtual int Count => Math.Max(1, Parts.Count);
}
