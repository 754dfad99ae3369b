using KlaviyoRelay.Core.Helpdesks;
using Microsoft.Extensions.Hosting;

namespace KlaviyoRelay.Core.Conversations.State;

/// <summary>
/// Begins the record when the app starts, before it accepts the first webhook: what was accepted earlier was accepted by
/// an older relay, which kept no record.
/// </summary>
public sealed class RecordBeginning(ConversationRecord record, ConnectionRegistry connections) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var connection in connections.All.Where(connection => connection.NeedsRecord))
        {
            await record.BeginAsync(connection.Name, stoppingToken);
        }
    }
}
