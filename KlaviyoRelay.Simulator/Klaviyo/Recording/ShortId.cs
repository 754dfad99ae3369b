using System.Security.Cryptography;
using System.Text;

namespace KlaviyoRelay.Simulator.Klaviyo.Recording;

/// <summary>The six letters and digits by which Klaviyo names lists, flows and metrics.</summary>
internal static class ShortId
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Of(string account, string kind, string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{account}|{kind}|{seed}"));
        return string.Create(6, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = Letters[bytes[i] % Letters.Length];
            }
        });
    }
}
