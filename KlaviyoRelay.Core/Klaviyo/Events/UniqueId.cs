using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

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

    private const int OnStack = 512;

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

    /// <summary>Klaviyo's <c>unique_id</c> for one event and one email, in whatever case the email is written.</summary>
    public static UniqueId ForEmail(string eventId, string email) => Of([eventId, IsLowerAscii(email) ? email : email.ToLowerInvariant()]);

    /// <summary>The id of some texts in their order.</summary>
    public static UniqueId Of(ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
        {
            size += sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        Span<byte> text = size <= OnStack ? stackalloc byte[OnStack] : new byte[size];
        var length = 0;
        foreach (var part in parts)
        {
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
            var bytes = Encoding.UTF8.GetBytes(part, text[(length + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(text[length..], bytes);
            length += sizeof(int) + bytes;
        }

        // In one call: a hash that is fed piece by piece costs several times as much, in OpenSSL's objects and finalizers.
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], digest);
        return new UniqueId(digest);
    }

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

    // Nearly every email, and a look at it costs less than writing it anew.
    private static bool IsLowerAscii(string email) => Ascii.IsValid(email) && !email.AsSpan().ContainsAnyInRange('A', 'Z');

    private void Fill(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Beginning);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], _third);
    }
}
