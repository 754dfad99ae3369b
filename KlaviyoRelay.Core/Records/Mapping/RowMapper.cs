using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>Turns rows into entries of Klaviyo's bulk jobs, one after another. Not thread-safe: it has one buffer.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A writer into a buffer holds nothing that would have to be given back.")]
public sealed class RowMapper
{
    // Klaviyo's limits of a profile, and of a profile within an event (developers.klaviyo.com, Profiles).
    private const int MaxProfileBytes = 100_000;
    private const int MaxEventProfileBytes = 95_000;

    private readonly Sync _sync;
    private readonly IdentifierMapper _identifiers;
    private readonly ProfileWriter _profiles;
    private readonly EventWriter _events;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    public RowMapper(Sync sync, TimeProvider clock)
    {
        _sync = sync;
        _identifiers = new IdentifierMapper(sync);
        _profiles = new ProfileWriter(sync);
        _events = new EventWriter(sync, _profiles, clock);
        _json = new Utf8JsonWriter(_buffer, RowJson.Options);
    }

    public RowResult Map(Row row)
    {
        var warnings = new List<RowWarning>();
        if (_identifiers.Map(row, warnings, out var rejection) is not { } identifiers)
        {
            return new RowResult.Rejected(rejection ?? throw new InvalidOperationException("A row without identifiers has a rejection."));
        }

        _buffer.ResetWrittenCount();
        _json.Reset();
        string? eventId = null;
        rejection = _sync.Object switch
        {
            SyncObject.Events => _events.Write(_json, row, identifiers, out eventId),
            SyncObject.ListDelete => null,
            _ => _profiles.Write(_json, row, identifiers),
        };
        _json.Flush();
        rejection ??= CheckSize(row.Number);
        return rejection is null
            ? new RowResult.Mapped(row.Number, identifiers, eventId, _buffer.WrittenMemory, warnings)
            : new RowResult.Rejected(rejection);
    }

    private RowRejection? CheckSize(int row)
    {
        var limit = _sync.Object == SyncObject.Events ? MaxEventProfileBytes : MaxProfileBytes;
        return _buffer.WrittenCount <= limit
            ? null
            : new RowRejection(row, Column: null, RowReasons.TooLarge, FormattableString.Invariant($"The row becomes {_buffer.WrittenCount} bytes; Klaviyo takes up to {limit}."));
    }
}
