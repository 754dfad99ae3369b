using System.Text.Json;

namespace KlaviyoRelay.Core.Records.Readers;

/// <summary>
/// Reads a JSON array of objects, or objects one after another, as NDJSON has them. A key that a row lacks is no error: it
/// leaves the profile's value alone. A column that no row of the body has, not even with null, is a wrong mapping.
/// </summary>
public sealed class JsonRowReader(Stream body, IReadOnlyList<string> columns) : RowReader(body)
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    private readonly Stream _body = body;
    private readonly JsonRow _row = new(columns);

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isFinal;
    private bool _hasBegun;
    private bool _isArray;
    private bool _hasEnded;
    private long _consumed;
    private JsonReaderState _state = new(Options);

    protected override async ValueTask<Cell[]?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryRead(out var cells))
            {
                return cells;
            }

            if (_isFinal)
            {
                return null;
            }

            await FillAsync(cancellationToken);
        }
    }

    protected override void CheckEnd()
    {
        if (Count > 0 && _row.Unseen.Any())
        {
            throw Missing(_row.Unseen, _row.Seen);
        }
    }

    /// <summary>False when more bytes are needed, or there are no more rows.</summary>
    private bool TryRead(out Cell[]? cells)
    {
        cells = null;
        var bytes = _buffer.AsSpan(_start, _end - _start);
        if (!_hasBegun && !_isFinal && bytes.Length < Mark.Length)
        {
            return false;
        }

        if (!_hasBegun && bytes.StartsWith(Mark))
        {
            _start += Mark.Length;
            bytes = bytes[Mark.Length..];
        }

        if (bytes.IndexOfAnyExcept(" \t\r\n"u8) < 0 && (!_isFinal || !_isArray || _hasEnded))
        {
            return false;
        }

        _consumed = 0;
        var reader = new Utf8JsonReader(bytes, _isFinal, _state);
        try
        {
            return TryRead(ref reader, out cells);
        }
        catch (JsonException malformed)
        {
            throw new RowsRefusedException(
                RowsProblem.Malformed, FormattableString.Invariant($"Line {malformed.LineNumber + 1}, column {malformed.BytePositionInLine + 1}: the JSON is malformed."));
        }
    }

    private bool TryRead(ref Utf8JsonReader reader, out Cell[]? cells)
    {
        cells = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray && !_hasBegun)
            {
                (_hasBegun, _isArray) = (true, true);
            }
            else if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 0 && _isArray)
            {
                _hasEnded = true;
            }
            else if (reader.TokenType == JsonTokenType.StartObject && !_hasEnded)
            {
                _hasBegun = true;
                if ((cells = _row.TryRead(ref reader)) is null)
                {
                    return false;
                }
            }
            else
            {
                throw new RowsRefusedException(RowsProblem.Malformed, FormattableString.Invariant(
                    $"What follows row {Count} is no JSON object. The body should be an array of objects, or one object in each line."));
            }

            _state = reader.CurrentState;
            _start += (int)(reader.BytesConsumed - _consumed);
            _consumed = reader.BytesConsumed;
            if (cells is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= RowLimits.RowBytes)
            {
                throw new RowsRefusedException(RowsProblem.TooLarge, FormattableString.Invariant($"Row {Count + 1} is larger than {RowLimits.RowBytes} bytes."));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = await _body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _isFinal = count == 0;
        _end += count;
    }
}
