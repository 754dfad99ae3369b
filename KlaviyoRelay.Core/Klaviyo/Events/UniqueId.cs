using System.Buffers.Binary;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>
/// The beginning of a hash that tells one event of one email from all others: Klaviyo records one event of each
/// <c>unique_id</c>. A value and no text, because a batch has thousands of them.
/// </summary>
internal readonly record struct UniqueId
{
    /// <summary>How many bytes of the hash it keeps: enough to never collide.</summary>
    public const int Bytes = 20;

    /// <summary>How many characters it is written with.</summary>
    public const int Characters = 2 * Bytes;

    private readonly ulong _second;
    private readonly uint _third;

    /// <param name="hash">A hash of at least <see cref="Bytes"/> bytes.</param>
    public UniqueId(ReadOnlySpan<byte> hash)
    {
        Beginning = BinaryPrimitives.ReadUInt64BigEndian(hash);
        _second = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        _third = BinaryPrimitives.ReadUInt32BigEndian(hash[16..]);
    }

    /// <summary>Its first 64 bits, which tell thousands apart.</summary>
    public ulong Beginning { get; }

    /// <summary>Writes it as lowercase hex in UTF-8.</summary>
    /// <param name="utf8">Takes <see cref="Characters"/> bytes.</param>
    public void Write(Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Fill(bytes);
        Convert.TryToHexStringLower(bytes, utf8, out _);
    }

    /// <summary>40 lowercase hex characters.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    // A part of a hash is one.
    public override int GetHashCode() => (int)Beginning;

    private void Fill(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Beginning);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], _third);
    }
}
