using System.Text;

namespace KlaviyoRelay.Core.Helpdesks.Webhooks;

/// <summary>A webhook as the host received it.</summary>
/// <param name="Connection">The connection's name, from the address.</param>
/// <param name="ContentType">The Content-Type header.</param>
/// <param name="ContentLength">The announced length of the body in bytes; null when it was not announced.</param>
/// <param name="Body">The raw body, not yet read.</param>
/// <param name="Header">Reads a header by name: null when it is missing, and when it came more than once.</param>
public sealed record WebhookRequest(string Connection, string? ContentType, long? ContentLength, Stream Body, Func<string, string?> Header)
{
    /// <summary>The longest header that credentials are read from, in characters.</summary>
    public const int MaxCredentialLength = 4096;

    /// <summary>A header that can prove something: it came once, holds ASCII only and is not over-long; else null.</summary>
    public string? Credential(string name) =>
        Header(name) is { Length: > 0 and <= MaxCredentialLength } value && Ascii.IsValid(value) ? value : null;
}
