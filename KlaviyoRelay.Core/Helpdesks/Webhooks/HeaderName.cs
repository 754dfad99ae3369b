namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>What a header's name is made of (RFC 9110, section 5.6.2).</summary>
public static class HeaderName
{
    public static bool IsValid(string name) => name.Length > 0 && name.All(IsTokenCharacter);

    private static bool IsTokenCharacter(char character) => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
