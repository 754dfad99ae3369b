using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>Compares text in a time that tells neither where it differs nor how long the expected text is.</summary>
public static class ConstantTime
{
    public static bool AreEqual(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given)
    {
        Span<byte> expectedHash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> givenHash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(expected, expectedHash);
        SHA256.HashData(given, givenHash);
        return CryptographicOperations.FixedTimeEquals(expectedHash, givenHash);
    }

    public static bool AreEqual(string expected, string given) =>
        AreEqual(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
