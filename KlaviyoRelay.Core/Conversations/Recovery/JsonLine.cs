namespace KlaviyoRelay.Core.Conversations.Recovery;

/// <summary>A line of <see cref="JsonLines"/>.</summary>
/// <param name="Bytes">The line without its end.</param>
/// <param name="IsEnded">Whether a line break follows; the last line of an answer that broke off has none.</param>
public readonly record struct JsonLine(ReadOnlyMemory<byte> Bytes, bool IsEnded)
{
    public ReadOnlySpan<byte> Span => Bytes.Span;
}
