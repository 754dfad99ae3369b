using System.Security.Cryptography;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Receiving;

/// <summary>Takes the hash of what is read.</summary>
public sealed class HashedStream(Stream inner, IncrementalHash hash) : ReadingStream(inner)
{
    /// <inheritdoc/>
    protected override void Look(ReadOnlySpan<byte> bytes, bool isEnd) => hash.AppendData(bytes);
}
