using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Functions;

/// <summary>Counts how often a session is released.</summary>
internal sealed class ReleasedSession : ServiceBusSessionMessageActions
{
    public int Releases { get; private set; }

    public override Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        // Also when the host is stopping.
        cancellationToken.CanBeCanceled.ShouldBeFalse();
        Releases++;
        return Task.CompletedTask;
    }
}
