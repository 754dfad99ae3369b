using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>Reads JSON Lines: one document a line, ended by LF or CRLF; empty lines are left out.</summary>
public static class JsonLines
{
    /// <summary>A line is cut here, and its parts are no JSON then: it counts as unreadable instead of filling the memory.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    /// <summary>Some 200,000 events, which no helpdesk has in an hour. What is longer, once decompressed, has no end or means harm.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="RecordBrokenException">There is more than <see cref="MaxBytes"/>.</exception>
    public static IAsyncEnumerable<JsonLine> ReadAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(stream, MaxBytes, cancellationToken);

    /// <exception cref="RecordBrokenException">There is more than <paramref name="maxBytes"/>.</exception>
    public static async IAsyncEnumerable<JsonLine> ReadAsync(Stream stream, long maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream);
        long bytesRead = 0;
        try
        {
            for (var isEnd = false; !isEnd;)
            {
                var read = await reader.ReadAsync(cancellationToken);
                isEnd = read.IsCompleted;
                var rest = read.Buffer;
                while (TryTake(ref rest, isEnd, out var line, out var isEnded))
                {
                    ReadOnlyMemory<byte> bytes = line.ToArray();
                    if (!bytes.Trim(" \t\r"u8).IsEmpty)
                    {
                        yield return new JsonLine(bytes, isEnded);
                    }
                }

                bytesRead += read.Buffer.Length - rest.Length;
                if (bytesRead > maxBytes)
                {
                    throw new RecordBrokenException($"is longer than {maxBytes / (1024 * 1024)} MiB.");
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, bool isEnd, out ReadOnlySequence<byte> line, out bool isEnded)
    {
        isEnded = !isEnd;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            isEnded = true;
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        // The last line need not be ended.
        var isTaken = rest.Length >= MaxLineBytes || (isEnd && !rest.IsEmpty);
        line = isTaken ? rest : default;
        rest = isTaken ? rest.Slice(rest.End) : rest;
        return isTaken;
    }
}

/// <summary>A helpdesk's record can't be read to its end. The message goes on after "the helpdesk's answer", and holds nothing of it.</summary>
public sealed class RecordBrokenException(string message) : Exception(message);

/// <summary>A line of <see cref="JsonLines"/>.</summary>
/// <param name="Bytes">The line without its end.</param>
/// <param name="IsEnded">Whether a line break follows; the last line of an answer that broke off has none.</param>
public readonly record struct JsonLine(ReadOnlyMemory<byte> Bytes, bool IsEnded)
{
    public ReadOnlySpan<byte> Span => Bytes.Span;
}
