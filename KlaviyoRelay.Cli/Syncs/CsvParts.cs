using System.Buffers;
using System.Runtime.CompilerServices;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>Splits CSV between two rows. Each part begins with the header.</summary>
internal static class CsvParts
{
    private const int BufferSize = 64 * 1024;

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream csv, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (header, part, rows) = ((byte[]?)null, new ArrayBufferWriter<byte>(BufferSize), 0);
        var rest = new ArrayBufferWriter<byte>();
        var buffer = new byte[BufferSize];
        var (isQuoted, isFirst) = (false, true);
        for (int read; (read = await csv.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            var start = 0;
            for (var at = 0; at < read; at++)
            {
                isQuoted ^= buffer[at] == (byte)'"';
                if (isQuoted || buffer[at] != (byte)'\n')
                {
                    continue;
                }

                rest.Write(buffer.AsSpan(start, at + 1 - start));
                start = at + 1;
                header ??= rest.WrittenSpan.ToArray();
                part.Write(rest.WrittenSpan);
                rest.ResetWrittenCount();
                if (++rows > FilePart.MaxRows || part.WrittenCount >= FilePart.FullBytes)
                {
                    yield return part.WrittenMemory;
                    isFirst = false;
                    (part, rows) = (new ArrayBufferWriter<byte>(BufferSize), 1);
                    part.Write(header);
                }
            }

            rest.Write(buffer.AsSpan(start, read - start));
        }

        part.Write(rest.WrittenSpan);
        // A header alone is a part only where the file has no more.
        if (isFirst || part.WrittenCount > header?.Length)
        {
            yield return part.WrittenMemory;
        }
    }
}
