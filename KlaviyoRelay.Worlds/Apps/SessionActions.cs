using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>Lets a function release its session.</summary>
internal sealed class SessionActions(Action release) : ServiceBusSessionMessageActions
{
    public override Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        release();
        return Task.CompletedTask;
    }
}
