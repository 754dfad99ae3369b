namespace KlaviyoRelay.Core.Checks;

/// <summary>What a Klaviyo key looks like, without asking Klaviyo.</summary>
public static class KlaviyoKey
{
    private const string Prefix = "pk_";
    private const int Shown = 4;
    private const int LeastLength = 12;
    private const string Hidden = "••••";

    /// <summary>The last four characters; nothing of a key so short, or so odd, that they would tell too much.</summary>
    public static string Mask(string key) =>
        key.Length >= LeastLength && key[^Shown..].All(char.IsAsciiLetterOrDigit) ? Hidden + key[^Shown..] : Hidden;

    /// <summary>What is odd about the key, for when Klaviyo refuses it; null when it looks like a private key.</summary>
    public static string? Oddity(string key) => key switch
    {
        _ when key.AsSpan().ContainsAnyExceptInRange('!', '~') => "it holds characters that no key has",
        _ when key.StartsWith(Prefix, StringComparison.Ordinal) => null,
        // Public keys (site ids) have six or seven letters and digits.
        _ when key.Length is 6 or 7 && key.All(char.IsAsciiLetterOrDigit) => "it looks like a public API key (site ID), which is for web pages",
        _ => $"it does not begin with {Prefix}, as private keys do",
    };
}
