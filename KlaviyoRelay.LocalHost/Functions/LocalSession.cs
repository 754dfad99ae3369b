using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>What a function may do with its batch's session: the local host renews its lock and lets it go after each batch by itself.</summary>
internal sealed class LocalSession : ServiceBusSessionMessageActions
{
    public override DateTimeOffset SessionLockedUntil => DateTimeOffset.MaxValue;

    public override Task ReleaseSession(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
