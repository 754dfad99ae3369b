using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Core.Klaviyo.Events;

/// <summary>Ids that follow from what they are of: 40 lowercase hex characters, the beginning of a hash.</summary>
public static class UniqueId
{
    private const int Bytes = 20;

    // What fits the stack.
    private const int ShortText = 256;

    /// <summary>Klaviyo's <c>unique_id</c> for one event and one email, in whatever case the email is written. Klaviyo records one event of each.</summary>
    public static string ForEmail(string eventId, string email) => Of(eventId, email.ToLowerInvariant());

    /// <summary>The id of some texts in their order.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(parts, hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }

    /// <summary>A short id of some texts in their order: the first 8 bytes of the hash, as a number.</summary>
    public static ulong ShortOf(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(parts, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static void Hash(ReadOnlySpan<string> parts, Span<byte> hash)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        var text = length <= ShortText ? stackalloc byte[ShortText] : new byte[length];
        text = text[..length];
        var rest = text;
        foreach (var part in parts)
        {
            // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
            var bytes = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32LittleEndian(rest, bytes);
            rest = rest[(sizeof(int) + bytes)..];
        }

        SHA256.HashData(text, hash);
    }
}
