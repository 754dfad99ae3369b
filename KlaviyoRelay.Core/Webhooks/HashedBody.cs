using System.Security.Cryptography;

namespace KlaviyoRelay.Core.Webhooks;

/// <summary>
/// A webhook's bytes for whoever hashes them, and how often that was done: a hash takes the longer the larger a body
/// is, so the clock would tell how many there were.
/// </summary>
/// <param name="bytes">The raw bytes of the body.</param>
internal sealed class HashedBody(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The most that a webhook can cost: one for each of a connection's two secrets.</summary>
    public const int MostHashes = 2;

    private static readonly byte[] DecoyKey = RandomNumberGenerator.GetBytes(32);

    public int Hashes { get; private set; }

    /// <summary>The HMAC over some bytes and, behind them, the body.</summary>
    public byte[] Hash(HashAlgorithmName algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> before)
    {
        Hashes++;
        using var hmac = IncrementalHash.CreateHMAC(algorithm, key);
        hmac.AppendData(before);
        hmac.AppendData(bytes.Span);
        return hmac.GetHashAndReset();
    }

    /// <summary>Hashes as often as is missing to <see cref="MostHashes"/>.</summary>
    public void HashOn()
    {
        while (Hashes < MostHashes)
        {
            Hash(HashAlgorithmName.SHA256, DecoyKey, before: []);
        }
    }
}
