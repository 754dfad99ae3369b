using System.Text.Json;
using KlaviyoRelay.Core.Audit.Weekly;

namespace KlaviyoRelay.Tests.Audit;

/// <summary>Keeps records as the text that a blob would hold.</summary>
internal sealed class InMemoryAuditStore : IAuditStore
{
    private readonly Dictionary<string, string> _records = new(StringComparer.Ordinal);

    public Task<AuditRecord?> ReadAsync(string account, CancellationToken cancellationToken) =>
        Task.FromResult(_records.TryGetValue(account, out var text) ? JsonSerializer.Deserialize(text, AuditRecordJsonContext.Default.AuditRecord) : null);

    public Task WriteAsync(string account, AuditRecord record, CancellationToken cancellationToken)
    {
        _records[account] = JsonSerializer.Serialize(record, AuditRecordJsonContext.Default.AuditRecord);
        return Task.CompletedTask;
    }
}
